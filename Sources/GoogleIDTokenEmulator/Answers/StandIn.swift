//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import IDTokenPlatform

/// What the emulator knows, and how it answers: keys, a metadata server and token endpoints.
final class StandIn: Sendable {
    private struct State: Sendable {
        var current: TestIssuer
        var next: TestIssuer
        var previous: TestIssuer?
        /// The keys of Google's other issuers, by the URL at which Google publishes them.
        var issuerKeys: [ExactString: IssuerKeys] = [:]
        var accounts: ServiceAccounts
        var accessTokens = AccessTokens()
        var identityTokens = IdentityTokens()
        var faults: [GoogleEmulator.Endpoint: GoogleEmulator.Fault] = [:]
    }

    let settings: GoogleEmulator.Configuration
    /// The key of all service accounts, which is in the key file; it signs assertions, never ID tokens.
    let accountKey: TestIssuer
    /// The certificate authority of the tunnels to Google's hosts.
    let authority = EmulatorAuthority(hosts: StandIn.knownHosts)
    private let state: Lock<State>

    /// - Parameter settings: The settings.
    /// - Throws: ``EmulatorError`` if OpenSSL cannot create keys.
    init(_ settings: GoogleEmulator.Configuration) throws(EmulatorError) {
        self.settings = settings
        do {
            // A public key is good enough: every client gets any token from the emulator anyway.
            self.accountKey = try TestIssuer(key: .third)
            let current: TestIssuer = settings.usesBuiltInKeys ? try TestIssuer() : try .withFreshKey()
            // Google publishes a key before it signs with it.
            let next: TestIssuer = settings.usesBuiltInKeys ? try TestIssuer(key: .second) : try .withFreshKey()
            self.state = Lock(
                State(current: current, next: next, accounts: ServiceAccounts(settings.serviceAccount))
            )
        } catch {
            throw EmulatorError(.keysUnavailable, error.description)
        }
    }

    /// The issuers whose keys are published; the first one signs.
    var issuers: [TestIssuer] {
        self.state.withLock { state in [state.current, state.next] + (state.previous.map { [$0] } ?? []) }
    }

    /// The faults that are on.
    var faults: [GoogleEmulator.Endpoint: GoogleEmulator.Fault] {
        self.state.withLock { $0.faults }
    }

    /// Switches a fault of a part on, or with nil switches it off.
    func set(_ fault: GoogleEmulator.Fault?, for endpoint: GoogleEmulator.Endpoint) {
        self.state.withLock { $0.faults[endpoint] = fault }
    }

    /// Switches all faults off.
    func clearFaults() {
        self.state.withLock { $0.faults = [:] }
    }

    /// The keys of Google's other issuers that were asked for.
    var issuerKeys: [ExactString: IssuerKeys] {
        self.state.withLock { $0.issuerKeys }
    }

    /// The keys of so many issuers are kept; agents have an issuer for each organisation, which any client can name.
    private static let mostIssuers = 1_000

    /// Keeps the keys of an issuer, unless there are some already.
    func keep(_ keys: IssuerKeys, for keysURL: ExactString) -> IssuerKeys {
        self.state.withLock { state in
            if state.issuerKeys.count >= Self.mostIssuers, state.issuerKeys[keysURL] == nil { state.issuerKeys = [:] }
            let kept = state.issuerKeys[keysURL] ?? keys
            state.issuerKeys[keysURL] = kept
            return kept
        }
    }

    /// Signs with the next key of each issuer from now on, and publishes a fresh key as the one after it; the previous key
    /// stays published, older keys do not.
    ///
    /// - Throws: `TestIssuerError` if OpenSSL cannot create a key.
    func rotate() throws(TestIssuerError) {
        let next = try TestIssuer.withFreshKey()
        var nextOfOthers: [ExactString: ProfileIssuer] = [:]
        for (keysURL, keys) in self.issuerKeys { nextOfOthers[keysURL] = try keys.freshKey() }
        self.state.withLock { state in
            for (keysURL, next) in nextOfOthers { state.issuerKeys[keysURL]?.rotate(next: next) }
            state.previous = state.current
            state.current = state.next
            state.next = next
            state.identityTokens = IdentityTokens()
        }
    }

    /// Mints an ID token with the current key.
    func mint(
        for audience: String,
        from sender: TokenSender,
        caller: TestCaller,
        defect: TokenDefect? = nil
    ) throws(TestIssuerError) -> String {
        try self.state.withLock { $0.current }
            .token(
                for: audience,
                from: sender,
                caller: caller,
                issuedAt: Date(),
                defect: defect,
                lifetime: self.settings.tokenLifetime,
                machine: TestMachine(project: self.settings.project)
            )
    }

    /// Returns an identity token of the metadata server, which keeps them until shortly before they expire.
    func identityToken(_ request: IdentityTokens.Request) throws(TestIssuerError) -> String {
        let now = Date()
        let (kept, issuer) = self.state.withLock { ($0.identityTokens.token(for: request, at: now), $0.current) }
        if let kept { return kept }
        let token = try issuer.token(
            for: request.audience,
            from: request.sender,
            caller: self.settings.serviceAccount,
            issuedAt: now,
            lifetime: self.settings.tokenLifetime,
            machine: request.machine(in: self.settings.project)
        )
        self.state.withLock { state in
            guard state.current.keyID == issuer.keyID else { return }
            // Google's metadata server returns the same token until about five minutes before it expires.
            let time = TimeInterval(self.settings.tokenLifetime) * 55 / 60
            state.identityTokens.keep(token, for: request, until: now + time)
        }
        return token
    }

    /// Issues an access token.
    func grantAccess(to caller: TestCaller) -> String {
        self.state.withLock { $0.accessTokens.grant(to: caller, at: Date()) }
    }

    /// The caller to whom an access token was issued, or nil if it is not one of the emulator.
    func holder(of accessToken: String) -> TestCaller? {
        self.state.withLock { $0.accessTokens.holder(of: accessToken, at: Date()) }
    }

    /// The service account with an e-mail address or a unique ID, or nil if no account is known by that ID.
    func account(_ name: String) -> TestCaller? {
        self.state.withLock { $0.accounts.account(name) }
    }
}
#endif
