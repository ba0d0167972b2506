//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import IDTokenPlatform

/// A stand-in for Google, with keys, a metadata server and token endpoints.
final class StandIn: Sendable {
    /// The settings, which do not change while the stand-in runs.
    struct Settings: Sendable {
        var account = TestCaller.serviceAccount
        var project = "my-project"
        /// How long clients may keep the keys, in seconds.
        var keysMaximumAge = 21_600
    }

    private struct State: Sendable {
        var current: TestIssuer
        var next: TestIssuer
        var previous: TestIssuer?
        var accessTokens = AccessTokens()
        var faults: [Endpoint: Fault] = [:]
    }

    /// The service account whose key is in the key file; it signs assertions, never ID tokens.
    let accountKey: TestIssuer
    let settings: Settings
    private let state: Lock<State>

    /// - Parameters:
    ///   - settings: The settings.
    ///   - issuer: The issuer whose key signs at first.
    ///   - next: The issuer whose key signs next; it is already published, as Google publishes keys before use.
    ///   - accountKey: The key in the key file.
    init(_ settings: Settings = Settings(), issuer: TestIssuer, next: TestIssuer, accountKey: TestIssuer) {
        self.settings = settings
        self.accountKey = accountKey
        self.state = Lock(State(current: issuer, next: next))
    }

    /// The issuers whose keys are published; the first one signs.
    var issuers: [TestIssuer] {
        self.state.withLock { state in [state.current, state.next] + (state.previous.map { [$0] } ?? []) }
    }

    /// The faults that are on.
    var faults: [Endpoint: Fault] {
        self.state.withLock { $0.faults }
    }

    /// Switches a fault of a part on, or with nil switches it off.
    func set(_ fault: Fault?, for endpoint: Endpoint) {
        self.state.withLock { $0.faults[endpoint] = fault }
    }

    /// Switches all faults off.
    func clearFaults() {
        self.state.withLock { $0.faults = [:] }
    }

    /// Signs with the next key from now on; the previous key stays published, older keys do not.
    ///
    /// - Parameter next: The issuer whose key is published from now on as the next one.
    func rotate(next: TestIssuer) {
        self.state.withLock { state in
            state.previous = state.current
            state.current = state.next
            state.next = next
        }
    }

    /// Mints an ID token with the current key.
    func mint(
        for audience: String,
        from sender: TokenSender,
        caller: TestCaller,
        defect: TokenDefect? = nil
    ) throws(TestIssuerError) -> String {
        try self.state.withLock { $0.current }.token(for: audience, from: sender, caller: caller, defect: defect)
    }

    /// Issues an access token.
    func grantAccess(to caller: TestCaller) -> String {
        self.state.withLock { $0.accessTokens.grant(to: caller, at: Date()) }
    }

    /// The caller to whom the access token in a request was issued, or nil if it is not one of the stand-in.
    func holder(of request: LocalRequest) -> TestCaller? {
        self.state.withLock { $0.accessTokens.holder(of: request, at: Date()) }
    }

    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - url: The base of the stand-in's own URLs.
    /// - Returns: The answer, after the fault that is switched on for that part of the stand-in.
    func answer(_ request: LocalRequest, url: String) async -> LocalAnswer {
        if request.path.first == "control" { return self.control(request) }
        guard let endpoint = Self.endpoint(of: request) else {
            return .googleError(404, "NOT_FOUND", "The stand-in has no such path.")
        }
        if let fault = self.faults[endpoint], let answer = await fault.happen() { return answer }
        do throws(TestIssuerError) {
            switch endpoint {
            case .keys: return try self.keys(request)
            case .discovery: return self.discovery(url: url)
            case .metadata: return try self.metadata(request)
            case .token: return try self.token(request, url: url)
            case .iam: return try self.iam(request)
            case .sts: return self.sts(request)
            }
        } catch {
            return .googleError(500, "INTERNAL", error.description)
        }
    }

    private static func endpoint(of request: LocalRequest) -> Endpoint? {
        switch request.path {
        case ["oauth2", "v3", "certs"], ["oauth2", "v1", "certs"]: .keys
        case [".well-known", "openid-configuration"]: .discovery
        case ["token"]: .token
        case ["v1", "token"]: .sts
        case [""], []: .metadata
        case let path where path.first == "computeMetadata": .metadata
        case let path where path.starts(with: ["v1", "projects"]): .iam
        default: nil
        }
    }
}
#endif
