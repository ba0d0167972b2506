//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

@testable import GoogleIDTokenCredentials

/// Keys of AWS's metadata server of any content, and output of a program, can be sent in header fields or are refused.
enum AWSMetadataTarget {
    static func run(_ bytes: [UInt8]) {
        let answer = TokenAnswerTarget.answer(bytes)
        if let keys = try? AWSMetadata.keys(in: answer) {
            promise(HeaderText.isValue(keys.id), "the ID of a key can be sent in a header field")
            promise(
                keys.sessionToken.map { HeaderText.isValue($0) } ?? true,
                "a session token can be sent in a header field"
            )
            let request = AWSSignature.Request(method: "POST", host: "sts.amazonaws.com", path: "/")
            let fields = try? AWSSignature(keys: keys, region: "a", service: "sts")
                .fields(for: request, at: 1_700_000_000)
            promise(
                fields?.last.map { HeaderText.isValue($0.value) } ?? true,
                "a signature can be sent in a header field"
            )
        }
        if let word = try? AWSMetadata.word(answer) {
            promise(word.utf8.allSatisfy { 0x21...0x7E ~= $0 }, "a role is one word")
        }
        if let output = try? ExecutableOutput(bytes, from: "the output"), let failure = output.failure {
            promise(failure.explanation.utf8.count < 6_144, "a program's words are shown at bounded length")
        }
        if let words = CommandLineText.split(String(decoding: bytes, as: UTF8.self)) {
            promise(words.reduce(0) { $0 + $1.utf8.count } <= 3 * bytes.count, "words are parts of the command")
        }
        if let url = AWSRequestURL(String(decoding: bytes, as: UTF8.self)) {
            promise(
                url.host.hasSuffix(".amazonaws.com") || url.host.hasSuffix(".amazonaws.com.cn"),
                "only AWS is asked"
            )
        }
    }
}

extension CredentialsEnvironment {
    /// An environment with these variables alone.
    static func forFuzzing(_ variables: [String: String]) -> CredentialsEnvironment {
        var environment = CredentialsEnvironment.system(.init())
        environment.variables = EnvironmentVariables(variables)
        return environment
    }
}
