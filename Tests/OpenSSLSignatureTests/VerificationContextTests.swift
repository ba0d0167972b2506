//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature
internal import OpenSSLSigning
internal import TestSupport
internal import Testing

/// The contexts are internal; what their pool promises shows in a key that many tasks use at once.
@Suite("Verification context")
struct VerificationContextTests {
    private struct Question: Sendable {
        let message: [UInt8]
        let signature: [UInt8]
        let isRight: Bool
    }

    private static func questions(_ count: Int) throws -> [Question] {
        try (0..<count)
            .flatMap { number -> [Question] in
                let message = Array("message \(number)".utf8)
                let signature = try TestToken.key.sign(message)
                var tampered = signature
                tampered[number % signature.count] ^= 1
                return [
                    Question(message: message, signature: signature, isRight: true),
                    Question(message: message, signature: tampered, isRight: false),
                    Question(message: message + [0], signature: signature, isRight: false),
                    Question(message: message, signature: signature.dropLast(), isRight: false),
                ]
            }
    }

    private static func isHeld(_ question: Question, by key: RSAPublicKey) -> Bool {
        key.accepts(question.signature, over: question.message)
    }

    @Test("many tasks over one key get the right answers", arguments: [2, 16, 200])
    func concurrency(tasks: Int) async throws {
        let key = try TestToken.key.publicKey()
        let questions = try Self.questions(8)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    // Each task starts elsewhere, so that right and wrong ones meet.
                    let mine = questions[(task % questions.count)...] + questions[..<(task % questions.count)]
                    return mine.count { Self.isHeld($0, by: key) != $0.isRight }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("a key that several threads let go of and make again stays right")
    func lifetimes() async throws {
        let questions = try Self.questions(2)
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    guard let key = try? TestToken.key.publicKey() else { return 1 }
                    return questions.count { Self.isHeld($0, by: key) != $0.isRight }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }

    @Test("a context that has refused is as good as new")
    func reuse() throws {
        let key = try TestToken.key.publicKey()
        for question in try Self.questions(8) {
            #expect(Self.isHeld(question, by: key) == question.isRight)
        }
    }

    @Test("messages of any length are hashed whole", arguments: [0, 1, 55, 56, 63, 64, 65, 1_000, 65_536, 1_000_000])
    func messageLengths(count: Int) throws {
        let key = try TestToken.key.publicKey()
        let message = [UInt8](repeating: 0x61, count: count)
        let signature = try TestToken.key.sign(message)
        #expect(Self.isHeld(Question(message: message, signature: signature, isRight: true), by: key))
        #expect(!Self.isHeld(Question(message: message + [0x61], signature: signature, isRight: false), by: key))
    }
}
