//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform

/// A subject token that a program of the operator prints.
///
/// A credential file that names a program is code, so it is run only if the environment allows it.
struct ExecutableSubjectToken: SubjectTokenSource {
    static let permission = "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES"
    private static let prefix = "GOOGLE_EXTERNAL_ACCOUNT_"
    /// The largest accepted output, in bytes.
    static let largest = 64 * 1024

    let words: String
    private let command: [String]
    private let timeLimit: Duration
    private let outputFile: String?
    private let variables: [String]
    private let tokenType: String
    private let environment: CredentialsEnvironment

    /// Reads the member `executable`.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid` or `executable_not_allowed`.
    init(
        _ source: CredentialMembers,
        audience: String,
        tokenType: String,
        account: String?,
        _ environment: CredentialsEnvironment
    ) throws(IDTokenCredentialsError) {
        guard let command = CommandLineText.split(try source.required("command")), let program = command.first else {
            throw source.invalid("command", "has an open quotation mark or names no program")
        }
        guard environment.variables[Self.permission].map({ $0.isExactly("1") }) ?? false else {
            throw IDTokenCredentialsError(
                .executableNotAllowed,
                "\(source.place.sentenceStart) names the program \(program.quotedForOperators), which is run only if the "
                    + "environment variable \(Self.permission) is 1. Set it if you trust the file."
            )
        }
        let milliseconds = try source.integer("timeout_millis") ?? 30_000
        guard 5_000...120_000 ~= milliseconds else {
            throw source.invalid("timeout_millis", "is not between 5000 and 120000")
        }
        self.command = command
        self.words = "the program \(program.quotedForOperators)"
        self.timeLimit = .milliseconds(milliseconds)
        self.outputFile = try source.string("output_file")
        self.tokenType = tokenType
        self.environment = environment
        var variables = [
            (name: "AUDIENCE", value: audience), (name: "TOKEN_TYPE", value: tokenType),
            (name: "INTERACTIVE", value: "0"), (name: "REVOKE", value: "0"),
        ]
        if let account { variables.append(("IMPERSONATED_EMAIL", account)) }
        if let outputFile { variables.append(("OUTPUT_FILE", outputFile)) }
        self.variables =
            environment.variables.all.map { "\($0.key)=\($0.value)" }
            + variables.map { "\(Self.prefix)\($0.name)=\($0.value)" }
    }

    func subjectToken() async throws(IDTokenCredentialsError) -> String {
        if let outputFile, let bytes = try? OpenFile(reading: outputFile).readAll(atMost: Self.largest) {
            let output = try ExecutableOutput(bytes, from: "the file \(outputFile.quotedForOperators)")
            // An output without expiry in the file counts as expired, as in Google's libraries.
            if output.failure == nil, let expiry = output.expiresAt, self.environment.clock.now() < expiry {
                return try output.token(ofType: self.tokenType)
            }
        }
        let output = try ExecutableOutput(try await self.run(), from: "the output of \(self.words)")
        if let expiry = output.expiresAt, self.environment.clock.now() >= expiry {
            throw Self.unavailable("\(self.words.sentenceStart) printed a token that has expired.")
        }
        return try output.token(ofType: self.tokenType)
    }

    private func run() async throws(IDTokenCredentialsError) -> [UInt8] {
        let process = ChildProcess(
            self.command,
            environment: self.variables,
            timeLimit: self.timeLimit,
            outputLimit: Self.largest
        )
        let result: Result<ChildProcess.Output, ChildProcess.Failure>
        do throws(ChildProcess.Failure) {
            result = .success(try await process.run())
        } catch {
            result = .failure(error)
        }
        let name = self.words.sentenceStart
        func report(_ failure: String?) {
            self.environment.onEvent?(.requested(.init(target: self.words, status: nil, failure: failure, attempt: 1)))
        }
        switch result {
        case .success(let output):
            report(output.status == 0 ? nil : "exit status \(output.status)")
            // A program that fails says why in its output.
            guard output.status == 0 || !output.bytes.isEmpty else {
                throw Self.unavailable("\(name) failed with exit status \(output.status) and printed nothing.")
            }
            return output.bytes
        case .failure(.cancelled): throw .cancelled
        case .failure(.cannotStart(let error)):
            report("\(error)")
            throw Self.unavailable("\(name) cannot be started: \(error).")
        case .failure(.timedOut):
            report("ended after \(self.timeLimit)")
            throw Self.unavailable("\(name) ran longer than \(self.timeLimit) (timeout_millis) and was ended.")
        case .failure(.tooMuchOutput):
            report("too much output")
            throw Self.unavailable("\(name) printed more than \(Self.largest / 1024) KiB and was ended.")
        }
    }

    private static func unavailable(_ explanation: String) -> IDTokenCredentialsError {
        IDTokenCredentialsError(.subjectTokenUnavailable, explanation)
    }
}
