//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
package import GoogleIDToken

/// One case of a fixture file: a request or token, the verifier it meets, and what must come out.
public struct FixtureCase: Sendable {
    /// What is presented to the verifier.
    enum Input: Sendable {
        case headers([(name: String, value: String)])
        case token(String)
    }

    /// The case's name, unique in its file.
    public let name: String
    /// The path of the file it stands in.
    public let file: String
    let input: Input
    let keys: [UInt8]
    let audiences: [String]
    let callers: [CallerPolicy]
    let configuration: IDTokenVerifier.Configuration
    let now: Date
    let expectation: FixtureExpectation

    /// The code that the case expects, or nil if it expects something else than one code.
    package var expectedCode: VerificationError.Code? {
        if case .error(let code) = self.expectation { code } else { nil }
    }

    /// Runs the case.
    ///
    /// - Returns: How the outcome differs from what the case expects, in one line, or nil if it does not.
    public func run() async -> String? {
        let outcome: Result<VerifiedIDToken, VerificationError>
        do throws(VerificationError) {
            outcome = .success(try await self.verify())
        } catch {
            outcome = .failure(error)
        }
        return self.expectation.difference(from: outcome)
    }

    /// Does what the case describes.
    ///
    /// - Returns: The caller.
    /// - Throws: ``VerificationError``; a document without a usable key counts as no keys at all.
    func verify() async throws(VerificationError) -> VerifiedIDToken {
        let verifier: IDTokenVerifier
        do throws(ConfigurationError) {
            verifier = try self.makeVerifier()
        } catch {
            throw VerificationError(.keysUnavailable, error.explanation)
        }
        switch self.input {
        case .headers(let headers): return try await verifier.verify(headers: headers, at: self.now)
        case .token(let token): return try await verifier.verify(token: token, at: self.now)
        }
    }

    func makeVerifier() throws(ConfigurationError) -> IDTokenVerifier {
        try IDTokenVerifier(
            audiences: self.audiences,
            callers: .union(self.callers),
            keys: .document(self.keys),
            configuration: self.configuration
        )
    }
}

extension FixtureCase: CustomStringConvertible {
    /// The file and the name.
    public var description: String {
        "\(self.file): \(self.name)"
    }
}
