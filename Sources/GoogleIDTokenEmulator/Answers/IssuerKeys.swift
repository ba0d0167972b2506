//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken
internal import GoogleIDTokenTesting

/// The published keys of one of Google's other issuers.
struct IssuerKeys: Sendable {
    private var current: ProfileIssuer
    private var next: ProfileIssuer
    private var previous: ProfileIssuer?

    /// - Parameters:
    ///   - profile: The issuer's profile.
    ///   - usesBuiltInKeys: Whether it begins with built-in keys, or with fresh ones.
    /// - Throws: `TestIssuerError` if OpenSSL cannot create the keys.
    init(of profile: TrustProfile, usesBuiltInKeys: Bool) throws(TestIssuerError) {
        if usesBuiltInKeys {
            self.current = try ProfileIssuer(of: profile, key: .first)
            self.next = try ProfileIssuer(of: profile, key: .second)
        } else {
            self.current = try .withFreshKey(of: profile)
            self.next = try .withFreshKey(of: profile)
        }
    }

    /// Those whose keys are published; the first one signs.
    var issuers: [ProfileIssuer] { [self.current, self.next] + (self.previous.map { [$0] } ?? []) }

    /// A key that may be the next one.
    func freshKey() throws(TestIssuerError) -> ProfileIssuer {
        try .withFreshKey(of: self.current.profile)
    }

    /// Signs with the next key from now on.
    mutating func rotate(next: ProfileIssuer) {
        self.previous = self.current
        self.current = self.next
        self.next = next
    }
}

extension StandIn {
    /// Those whose keys are published for a profile; the first one signs.
    ///
    /// - Throws: `TestIssuerError` if OpenSSL cannot create the keys.
    func issuers(of profile: TrustProfile) throws(TestIssuerError) -> [ProfileIssuer] {
        if let known = self.issuerKeys[ExactString(profile.keysURL)] { return known.issuers }
        return
            self.keep(
                try IssuerKeys(of: profile, usesBuiltInKeys: self.settings.usesBuiltInKeys),
                for: ExactString(profile.keysURL)
            )
            .issuers
    }

    /// Mints a token of one of Google's other issuers, with its current key.
    func mint(
        of profile: TrustProfile,
        for audience: String,
        caller: TestCaller,
        claims: String = "{}",
        defect: TokenDefect? = nil
    ) throws(TestIssuerError) -> String {
        guard var issuer = try self.issuers(of: profile).first else { return "" }
        // All Firebase projects have the same keys.
        issuer.profile = profile
        return try issuer.token(for: audience, caller: caller, claims: claims, defect: defect)
    }

    /// The key document of a profile.
    func keyDocument(of profile: TrustProfile) throws(TestIssuerError) -> [UInt8] {
        profile === TrustProfile.googleIDToken
            ? TestIssuer.keyDocument(self.issuers) : ProfileIssuer.keyDocument(try self.issuers(of: profile))
    }

    /// The path of the key document of a profile.
    static func keysPath(of profile: TrustProfile) -> String { "/issuers/\(profile.name)/keys" }

    /// The profile whose key document has a path.
    ///
    /// - Throws: `IDTokenVerifier.ConfigurationError` if there is no such profile.
    static func profile(ofKeysAt path: RequestTarget) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile? {
        guard let segments = path.segments(after: "/issuers/"), segments.last?.isExactly("keys") ?? false else {
            return nil
        }
        return try TrustProfile.named(segments.dropLast().joined(separator: "/"))
    }
}
#endif
