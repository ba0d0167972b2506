//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import CurlTransport
@testable import GoogleIDToken
@testable import GoogleIDTokenCredentials

/// A response of any content gives a token that can be used, or an error without the secret that the request contained.
enum TokenAnswerTarget {
    static let secret = "swordfish-swordfish"
    static let audience = "https://service.example.com"
    private static let now = 1_700_000_060.0

    /// A response with the bytes as its content.
    static func answer(_ bytes: [UInt8]) -> ServerAnswer {
        ServerAnswer(
            target: "GET http://127.0.0.1/",
            status: 200,
            fields: HeaderFields([]),
            body: bytes,
            secrets: [Self.secret],
            now: Self.now,
            clockOffset: ClockOffset()
        )
    }

    static func run(_ bytes: [UInt8]) {
        let answer = Self.answer(bytes)
        Self.check { () throws(IDTokenCredentialsError) in try answer.idToken(answer.text, for: Self.audience) }
        Self.check { () throws(IDTokenCredentialsError) in
            try answer.idToken(try answer.object()["id_token"]?.stringValue, for: Self.audience)
        }
        Self.check { () throws(IDTokenCredentialsError) in try answer.accessToken() }
        if let words = GoogleError(answer)?.words {
            promise(words.utf8.count < 3_072, "an error of a server is shown at bounded length")
            promise(!words.contains("swordfish-sw"), "an error of a server does not show a secret")
            promise(
                words.unicodeScalars.allSatisfy { " "..."~" ~= $0 || $0 == "…" },
                "an error of a server is one line"
            )
        }
    }

    private static func check(_ read: () throws(IDTokenCredentialsError) -> FetchedToken) {
        do throws(IDTokenCredentialsError) {
            let token = try read()
            promise(token.usableUntil > Self.now, "a token that is taken has not expired")
            promise(token.usableUntil - Self.now < 8 * 86_400, "a token expires within days")
            promise(token.refreshAt <= token.usableUntil, "a token is replaced before it expires")
            promise(token.text.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "a token can be sent in a header field")
        } catch {
            promise(error.disposition == .unavailable, "a response that is no token is a failure of the server")
            promise(!error.explanation.contains("swordfish-sw"), "an explanation does not show a secret")
            promise(error.explanation.utf8.count < 4_096, "an explanation has a bounded length")
        }
    }
}
