//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

extension CallerClaim {
    static let firebaseTenant: CallerClaim = CallerClaim(
        prefix: "tenant",
        function: ".firebaseTenants(",
        words: "tenant",
        pluralWords: "the tenants",
        mistake: { _ in nil },
        policy: { .firebaseTenants($0) },
        isNamed: { Self.firebaseMember("tenant", of: $0, isIn: $1) }
    )

    static let signInProvider: CallerClaim = CallerClaim(
        prefix: "signInProvider",
        function: ".signInProviders(",
        words: "sign-in provider",
        pluralWords: "the sign-in providers",
        mistake: { _ in nil },
        policy: { .signInProviders($0) },
        isNamed: { Self.firebaseMember("sign_in_provider", of: $0, isIn: $1) }
    )

    private static func firebaseMember(_ name: String, of claims: Claims, isIn names: ExactStrings) -> Bool {
        guard let firebase = claims.tape.member("firebase", of: 0) else { return false }
        return claims.tape.isString(at: claims.tape.member(name, of: firebase), in: names)
    }
}

extension CallerPolicy {
    /// Allows the users of tenants of Identity Platform (claim `firebase.tenant`).
    ///
    /// - Parameter ids: The IDs of the tenants.
    /// - Returns: A policy that allows their users, however they signed in.
    public static func firebaseTenants(_ ids: String...) -> CallerPolicy {
        self.firebaseTenants(ids)
    }

    /// Allows the users of tenants of Identity Platform (claim `firebase.tenant`).
    ///
    /// - Parameter ids: The IDs of the tenants.
    /// - Returns: A policy that allows their users, however they signed in.
    public static func firebaseTenants(_ ids: [String]) -> CallerPolicy {
        self.named(ids, by: .firebaseTenant)
    }

    /// Allows Firebase users who signed in with certain providers (claim `firebase.sign_in_provider`).
    ///
    /// A policy that names all providers of an app except `anonymous` excludes anonymous users.
    ///
    /// - Parameter names: The providers, such as `password`, `phone`, `google.com` or `anonymous`.
    /// - Returns: A policy that allows these users.
    public static func signInProviders(_ names: String...) -> CallerPolicy {
        self.signInProviders(names)
    }

    /// Allows Firebase users who signed in with certain providers (claim `firebase.sign_in_provider`).
    ///
    /// - Parameter names: The providers, such as `password`, `phone`, `google.com` or `anonymous`.
    /// - Returns: A policy that allows these users.
    public static func signInProviders(_ names: [String]) -> CallerPolicy {
        self.named(names, by: .signInProvider)
    }
}

extension VerifiedIDToken {
    /// What a token of Firebase or Identity Platform says of its user (claim `firebase`); nil for other tokens.
    ///
    /// The user's ID is ``subject``. ``email`` may be unverified, see ``isEmailVerified``.
    public var firebase: FirebaseUser? {
        self.claim("firebase")?.objectValue.map { FirebaseUser($0) }
    }

    /// The time at which the user signed in (claim `auth_time`); nil if the token does not say it.
    public var authenticatedAt: Date? {
        self.claim("auth_time")?.doubleValue.map { Date(timeIntervalSince1970: $0) }
    }
}

/// The claim `firebase`: how a user of Firebase or Identity Platform signed in.
///
/// A member is nil if it is absent or of an unexpected type.
public struct FirebaseUser: Sendable {
    /// The sign-in provider (member `sign_in_provider`), such as `password`, `google.com` or `anonymous`.
    public let signInProvider: String?
    /// The ID of the tenant (member `tenant`); nil for users of no tenant.
    public let tenant: String?
    /// The identities of the user, by provider (member `identities`).
    public let identities: IDTokenJSON?

    init(_ object: [IDTokenJSON.Member]) {
        self.signInProvider = object["sign_in_provider"]?.stringValue
        self.tenant = object["tenant"]?.stringValue
        self.identities = object["identities"]
    }
}
