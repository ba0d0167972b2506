//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform

/// A subject token in a file, which the platform replaces and which is therefore read anew each time.
struct FileSubjectToken: SubjectTokenSource {
    /// The largest accepted file, in bytes.
    static let largest = 64 * 1024

    let words: String
    private let path: String
    private let format: SubjectTokenFormat
    private let environment: CredentialsEnvironment

    init(_ source: CredentialMembers, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        self.environment = environment
        self.path = try source.required("file")
        self.format = try SubjectTokenFormat(source)
        self.words = "the file \(self.path.quotedForOperators)"
    }

    func subjectToken() async throws(IDTokenCredentialsError) -> String {
        let bytes: [UInt8]
        func report(_ failure: String?) {
            self.environment.onEvent?(.requested(.init(target: self.words, status: nil, failure: failure, attempt: 1)))
        }
        do throws(FileError) {
            bytes = try OpenFile(reading: self.path).readAll(atMost: Self.largest)
            report(nil)
        } catch {
            report("\(error)")
            throw IDTokenCredentialsError(
                .subjectTokenUnavailable,
                "\(self.words.sentenceStart) with the subject token cannot be read: \(error). Check that the platform mounts "
                    + "it, and its permissions."
            )
        }
        return try self.format.token(in: bytes, from: self.words)
    }
}
