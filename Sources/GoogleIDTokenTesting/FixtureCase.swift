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
    /// How the case differs from a valid request, in its author's words, if the file says it.
    public let change: String?
    let input: Input
    let keys: [UInt8]
    let profile: TrustProfile
    let audiences: [String]
    let callers: [CallerPolicy]
    let configuration: IDTokenVerifier.Configuration
    let now: Date
    let expectation: FixtureExpectation

    /// The code that the case expects, or nil if it expects something else than one code.
    package var expectedCode: VerificationError.Code? {
        if case .error(let code) = self.expectation { code } else { nil }
    }

    /// What the case presents: the value of each header, or the token.
    package var presentedValues: [String] {
        switch self.input {
        case .headers(let headers): headers.map(\.value)
        case .token(let token): [token]
        }
    }

    /// Runs the case.
    ///
    /// - Returns: How the outcome differs from what the case expects, in one line, or nil if it does not.
    public func run() async -> String? {
        self.expectation.difference(from: await self.outcome())
    }

    /// Does what the case describes.
    ///
    /// - Parameter onEvent: Is told what the verifier tells of.
    /// - Returns: The caller, or why there is none; a document without a usable key counts as no keys at all.
    package func outcome(
        onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)? = nil
    ) async -> Result<VerifiedIDToken, VerificationError> {
        let verifier: IDTokenVerifier
        do throws(IDTokenVerifier.ConfigurationError) {
            verifier = try self.makeVerifier(onEvent: onEvent)
        } catch {
            return .failure(VerificationError(.keysUnavailable, error.explanation))
        }
        do throws(VerificationError) {
            switch self.input {
            case .headers(let headers): return .success(try await verifier.verify(headers: headers, at: self.now))
            case .token(let token): return .success(try await verifier.verify(token: token, at: self.now))
            }
        } catch {
            return .failure(error)
        }
    }

    func makeVerifier(
        onEvent: (@Sendable (IDTokenVerifier.Event) -> Void)? = nil
    ) throws(IDTokenVerifier.ConfigurationError) -> IDTokenVerifier {
        var configuration = self.configuration
        configuration.onEvent = onEvent
        return try IDTokenVerifier(
            profile: self.profile,
            audiences: self.audiences,
            callers: .union(self.callers),
            keys: .document(self.keys),
            configuration: configuration
        )
    }
}

extension FixtureCase {
    /// The file, the name, and the change where there is one: the start of the row of a case that fails.
    package var rowTitle: String {
        self.change.map { "\(self) (\($0))" } ?? "\(self)"
    }
}

extension FixtureCase: CustomStringConvertible {
    /// The file and the name.
    public var description: String {
        "\(self.file): \(self.name)"
    }
}
