//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import TestSupport
internal import Testing

@testable internal import GoogleIDToken

@Suite("Explanation of an unknown key")
struct UnknownKeyExplanationTests {
    private static func explanation(_ answer: KeyRefresh.Answer) -> String {
        guard case .unknown(let keys) = answer else {
            Issue.record("\(answer)")
            return ""
        }
        return VerificationError.keyUnknown(among: keys).explanation
    }

    @Test("after two rotations within half a minute, the age of the keys and the next fetch are told")
    func twoRotations() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        // The first rotation is found by a fetch.
        #expect(refresh.ask("b", at: .seconds(40)) == .wait(startsFetch: true))
        _ = try refresh.finish(["b"], at: .seconds(41))
        // The second one comes too early for another fetch.
        let (answer, startsFetch) = refresh.lookUp("c", at: .seconds(53.5))
        #expect(!startsFetch)
        let explanation = Self.explanation(answer)
        #expect(explanation.contains("The keys were fetched 12 seconds ago; if the token's key is newer"))
        #expect(explanation.hasSuffix("finds it, which can start in 17 s."))
        #expect(refresh.ask("c", at: .seconds(70)) == .wait(startsFetch: true))
    }

    @Test("after a failed fetch, its reason is told and when the next one can start")
    func failure() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 10_000)
        #expect(refresh.ask("b", at: .seconds(7_200)) == .wait(startsFetch: true))
        _ = refresh.fail(at: .seconds(7_201))
        let explanation = Self.explanation(refresh.resolve("b", at: .seconds(7_201)))
        #expect(explanation.contains("The keys were fetched 2 hours ago, and the key may also be newer"))
        #expect(explanation.hasSuffix("the last successful fetch: down. The next fetch can start in 29 s."))
    }

    @Test("if nothing hinders the next fetch, or it is running, that is told")
    func atOnce() throws {
        var refresh = try KeyRefresh.fetched(["a"], lifetime: 1_000)
        #expect(Self.explanation(refresh.resolve("b", at: .seconds(60))).hasSuffix("can start with the next request."))
        #expect(refresh.ask("b", at: .seconds(60)) == .wait(startsFetch: true))
        #expect(Self.explanation(refresh.resolve("b", at: .seconds(61))).hasSuffix("which is running."))
    }

    @Test("keys of a file or a document are never refreshed, and the file is named")
    func fixed() throws {
        let path =
            "\(FileManager.default.temporaryDirectory.path(percentEncoded: false))keys \(UUID().uuidString)\u{E9}"
        try Data(TestToken.keyDocument).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let token = try TestToken.minted(header: TestToken.header(["kid": #""other""#]))
        let file = "those of the file \(path.quotedForOperators), which is read once and never refreshed"
        for (keys, words) in [
            (KeySource.file(path), file),
            (
                .document(try TestToken.keyDocument),
                "those of a document that the verifier was given and never refreshes"
            ),
        ] {
            let verifier = try IDTokenVerifier(audience: TestToken.audience, callers: .anyGoogleIdentity, keys: keys)
            let error = #expect(throws: VerificationError.self) {
                try verifier.verifyWithoutFetching(token: token, at: TestToken.date)
            }
            #expect(error?.code == .keyUnknown)
            #expect(error?.explanation.contains(words) == true, "\(error?.explanation ?? "")")
        }
    }
}
