//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import FoundationEssentials
package import GoogleIDToken

/// A case of a fixture file: a request or token, the verifier's configuration, and the expected result.
public struct FixtureCase: Sendable {
    /// The input of the verifier.
    enum Input: Sendable {
        case headers([(name: String, value: String)])
        case token(String)
    }

    /// The case's name, unique in its file.
    public let name: String
    /// The path of the file that contains the case.
    public let file: String
    /// The description of how the case differs from a valid request, if the file has one.
    public let change: String?
    let input: Input
    let keys: [UInt8]
    let profile: TrustProfile
    let audiences: [String]
    let callers: [CallerPolicy]
    let configuration: IDTokenVerifier.Configuration
    let clientCertificate: ClientCertificate?
    let now: Date
    let expectation: FixtureExpectation

    /// The error code that the case expects, or nil if it expects something else than a single code.
    package var expectedCode: VerificationError.Code? {
        if case .error(let code) = self.expectation { code } else { nil }
    }

    /// The values that the case presents: the value of each header, or the token.
    package var presentedValues: [String] {
        switch self.input {
        case .headers(let headers): headers.map(\.value)
        case .token(let token): [token]
        }
    }

    /// Runs the case.
    ///
    /// - Returns: The difference between the result and the expectation, in one line, or nil if there is none.
    public func run() async -> String? {
        self.expectation.difference(from: await self.outcome())
    }

    /// Verifies the input of the case.
    ///
    /// - Parameter onEvent: A function that receives the verifier's events.
    /// - Returns: The verified caller or the error; a document without a usable key counts as no keys.
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
        .withClientCertificate(self.clientCertificate)
    }
}

extension FixtureCase {
    /// The file, the name, and the change if there is one: the start of the row of a failed case.
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
