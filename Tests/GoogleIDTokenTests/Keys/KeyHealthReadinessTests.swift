//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

/// What a readiness check answers.
@Suite("Readiness")
struct KeyHealthReadinessTests {
    private static func health(
        isUsable: Bool = true,
        isStale: Bool = false,
        lastFailure: KeyHealth.Failure? = nil
    ) -> KeyHealth {
        KeyHealth(
            keyCount: isUsable ? 2 : 0,
            skippedKeyCount: 1,
            isUsable: isUsable,
            isStale: isStale,
            age: isUsable ? .milliseconds(71_900) : nil,
            nextRefresh: .seconds(17_320),
            lastFailure: lastFailure,
            clockOffset: isStale ? .milliseconds(-7_500) : nil
        )
    }

    @Test("ready are keys that are usable and not stale")
    func isReady() {
        #expect(Self.health().isReady)
        #expect(Self.health().httpStatus == 200)
        for health in [Self.health(isStale: true), Self.health(isUsable: false)] {
            #expect(!health.isReady)
            #expect(health.httpStatus == 503)
        }
    }

    @Test("the JSON of keys that are well")
    func good() {
        #expect(
            Self.health().json
                == #"{"ready":true,"usable":true,"stale":false,"keyCount":2,"skippedKeyCount":1,"ageSeconds":71,"#
                + #""nextRefreshSeconds":17320,"lastFailure":null,"clockOffsetSeconds":null}"#
        )
    }

    @Test("the JSON of stale keys, on one line of ASCII")
    func stale() {
        let failure = KeyHealth.Failure(explanation: "a \"quote\",\na line, \u{1F511}", age: .seconds(29))
        #expect(
            Self.health(isStale: true, lastFailure: failure).json
                == #"{"ready":false,"usable":true,"stale":true,"keyCount":2,"skippedKeyCount":1,"ageSeconds":71,"#
                + #""nextRefreshSeconds":17320,"lastFailure":{"explanation":"#
                + #""a \"quote\",\u000aa line, \ud83d\udd11","ageSeconds":29},"clockOffsetSeconds":-7}"#
        )
    }

    @Test("the JSON without keys")
    func none() {
        #expect(
            Self.health(isUsable: false).json
                == #"{"ready":false,"usable":false,"stale":false,"keyCount":0,"skippedKeyCount":1,"ageSeconds":null,"#
                + #""nextRefreshSeconds":17320,"lastFailure":null,"clockOffsetSeconds":null}"#
        )
    }

    @Test("keys that are given are ready at once")
    func given() throws {
        let verifier = try IDTokenVerifier(
            audience: TestToken.audience,
            callers: .anyGoogleIdentity,
            keys: .document(try TestToken.keyDocument)
        )
        #expect(verifier.health.isReady)
    }
}
