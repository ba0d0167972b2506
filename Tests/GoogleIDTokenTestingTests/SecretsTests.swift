//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Foundation
import GoogleIDToken
import TestSupport
import Testing

/// No text that the library makes of any fixture case repeats what was presented.
@Suite("secrets") struct SecretsTests {
    private static let cases = Task { try await RunCase.all() }

    @Test("no error repeats what was presented, in any way of printing it")
    func errors() async throws {
        var count = 0
        for fixture in try await Self.cases.value {
            guard let error = fixture.error else { continue }
            count += 1
            var dumped = ""
            dump(error, to: &dumped)
            for text in ["\(error)", String(reflecting: error), error.localizedDescription, dumped] {
                #expect(fixture.secrets.found(in: text) == nil, "\(fixture.name)")
            }
        }
        #expect(count > 500)
    }

    @Test("each verification is told of once, and no event repeats what was presented")
    func events() async throws {
        for fixture in try await Self.cases.value {
            // A document without a usable key makes no verifier, and so no event.
            let isMade = fixture.error?.code != .keysUnavailable
            #expect(fixture.events.count == (isMade ? 1 : 0), "\(fixture.name)")
            for event in fixture.events {
                var dumped = ""
                dump(event, to: &dumped)
                for text in ["\(event)", dumped] {
                    #expect(fixture.secrets.found(in: text) == nil, "\(fixture.name)")
                }
            }
        }
    }

    @Test("no answer to a request repeats what was presented, or says what the token says")
    func answers() async throws {
        for fixture in try await Self.cases.value {
            guard let error = fixture.error else { continue }
            let unvouched = PresentedSecrets(fixture.presentedValues, isVouchedFor: false)
            for field in error.httpResponse(realm: "profiles").fields {
                #expect(unvouched.found(in: "\(field.name): \(field.value)") == nil, "\(fixture.name)")
            }
        }
    }

    @Test("what the other tests look for would be found")
    func finding() async throws {
        for fixture in try await Self.cases.value {
            for value in fixture.presentedValues where value.contains("eyJ") && value.utf8.count > 400 {
                let token = value.split { " \t,".contains($0) }.max { $0.count < $1.count } ?? ""
                #expect(fixture.secrets.found(in: "The token \(token.prefix(300)) is bad.") != nil, "\(fixture.name)")
            }
        }
        let secrets = PresentedSecrets(
            ["Bearer e30.eyJlbWFpbCI6ImFAZXhhbXBsZS5jb20ifQ.AAECAwQFBgcICQ"],
            isVouchedFor: false
        )
        for text in ["e30.eyJlbWFpbCI6", #"{"email":"a@exam"#, "0001020304050607", "0, 1, 2, 3, 4, 5"] {
            #expect(secrets.found(in: text) == text)
        }
    }
}
