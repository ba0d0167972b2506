//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Usual header")
struct UsualHeaderTests {
    private static let usual = UsualHeader(algorithm: "RS256")

    @Test(
        "Google's own spelling is recognised, with any key ID that needs no reading",
        arguments: ["a", TestToken.keyID]
    )
    func recognised(keyID: String) throws {
        let header = Array(#"{"alg":"RS256","kid":"\#(keyID)","typ":"JWT"}"#.utf8)
        #expect(Self.usual.keyID(in: header) == keyID)
        #expect(try TokenHeader(parsing: header, algorithm: "RS256").keyID == keyID)
    }

    @Test(
        "whatever differs has to be read",
        arguments: [
            "", "{}", #"{"alg":"RS256","kid":"","typ":"JWT"}"#, #"{"alg":"RS256","kid":"a","typ":"JWT"} "#,
            #" {"alg":"RS256","kid":"a","typ":"JWT"}"#, #"{"alg":"RS256","kid":"a","typ":"jwt"}"#,
            #"{"alg":"none","kid":"a","typ":"JWT"}"#, #"{"alg":"RS256","kid":"a","x":"b","typ":"JWT"}"#,
            #"{"alg":"RS256","kid":"a","crit":[],"typ":"JWT"}"#, #"{"alg":"RS256","kid":"\u0061","typ":"JWT"}"#,
            #"{"alg":"RS256","kid":"é","typ":"JWT"}"#, #"{"alg":"RS256","kid":"a","typ":"JWT"#,
            #"{"alg":"RS256","kid":","typ":"JWT"}"#,
        ]
    )
    func notRecognised(header: String) {
        #expect(Self.usual.keyID(in: Array(header.utf8)) == nil)
    }

    @Test("a usual header with any one byte changed means what reading it says")
    func changed() {
        let header = Array(#"{"alg":"RS256","kid":"ab","typ":"JWT"}"#.utf8)
        for index in header.indices {
            for byte in UInt8.min ... .max {
                var changed = header
                changed[index] = byte
                guard let keyID = Self.usual.keyID(in: changed) else { continue }
                #expect((try? TokenHeader(parsing: changed, algorithm: "RS256"))?.keyID == keyID)
            }
        }
    }
}
