//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier.TrustedIssuer where Audience == Never {
    /// Firebase Authentication or Identity Platform of one project, whose ID tokens the users of its apps have.
    ///
    /// The audience is the project. The tokens of anonymous users are genuine too; see
    /// ``CallerPolicy/signInProviders(_:)-(String...)``. The unsigned tokens of the Firebase emulator are never accepted.
    /// See [Verify ID tokens](https://firebase.google.com/docs/auth/admin/verify-id-tokens).
    ///
    /// - Parameter project: The ID of the project, such as `my-project`; not its number.
    /// - Returns: The issuer.
    public static func firebase(project: String) -> IDTokenVerifier.TrustedIssuer<Never> {
        Self(project) { (project) throws(IDTokenVerifier.ConfigurationError) in try .firebase(project: project) }
    }

    /// The session cookies of Firebase Authentication or Identity Platform of one project.
    ///
    /// A service creates such a cookie from an ID token, for at most 14 days. Pass the value of the cookie to
    /// ``IDTokenVerifier/verify(token:at:)``. See
    /// [Manage session cookies](https://firebase.google.com/docs/auth/admin/manage-cookies).
    ///
    /// - Parameter project: The ID of the project, such as `my-project`; not its number.
    /// - Returns: The issuer.
    public static func firebaseSession(project: String) -> IDTokenVerifier.TrustedIssuer<Never> {
        Self(project) { (project) throws(IDTokenVerifier.ConfigurationError) in try .firebaseSession(project: project) }
    }

    private init(
        _ project: String,
        _ profile: (String) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile
    ) {
        self.init(
            claim: { (never: Never) throws(IDTokenVerifier.ConfigurationError) -> String in },
            { () throws(IDTokenVerifier.ConfigurationError) in try profile(project) }
        )
    }
}

extension TrustProfile {
    /// The ID tokens of a project of Firebase or Identity Platform.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `issuer_invalid`.
    package static func firebase(project: String) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile {
        try FirebaseProject.profile(
            of: .firebase,
            named: "firebase:\(project)",
            issuer: KnownToken.firebaseIssuerPrefix + project,
            keysURL: "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com",
            maximumLifetime: .seconds(60 * 60),
            project: project
        )
    }

    /// The session cookies of a project of Firebase or Identity Platform.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `issuer_invalid`.
    package static func firebaseSession(project: String) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile {
        try FirebaseProject.profile(
            of: .firebaseSession,
            named: "firebaseSession:\(project)",
            issuer: KnownToken.firebaseSessionIssuerPrefix + project,
            keysURL: "https://www.googleapis.com/identitytoolkit/v3/relyingparty/publicKeys",
            maximumLifetime: .seconds(14 * 24 * 60 * 60),
            project: project
        )
    }
}

/// What ID tokens and session cookies have in common.
private enum FirebaseProject {
    static let rules = ClaimRules(
        subject: .text(maximumCount: 128),
        check: { (claims, latest) throws(VerificationError) in
            let index = claims.tape.member("auth_time", of: 0)
            guard let time = try Claims.date("auth_time", at: index, in: claims.tape) else {
                throw Claims.missing("auth_time")
            }
            guard time <= latest else {
                throw VerificationError(
                    .issuedInFuture,
                    "The user signed in (auth_time) in the future by this machine's clock, which is probably behind. "
                        + "Synchronise the clock."
                )
            }
        }
    )

    /// The profile of one kind of a project's tokens.
    static func profile(
        of kind: TrustProfile.Kind,
        named name: String,
        issuer: String,
        keysURL: String,
        maximumLifetime: Duration,
        project: String
    ) throws(IDTokenVerifier.ConfigurationError) -> TrustProfile {
        try Self.check(project)
        return TrustProfile(
            kind: kind,
            name: name,
            issuers: [issuer],
            keysURL: keysURL,
            credentialHeaders: [.authorization],
            maximumLifetime: maximumLifetime,
            audiences: [project],
            rules: Self.rules
        )
    }

    /// Checks the form of a project's ID.
    private static func check(_ project: String) throws(IDTokenVerifier.ConfigurationError) {
        let isNumber = project.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        let isName = project.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: ":"):
                true
            default: false
            }
        }
        guard isName, !isNumber else {
            throw IDTokenVerifier.ConfigurationError(
                .issuerInvalid,
                "The Firebase project \(project.quotedForOperators) is not the ID of a project; give the ID, such as "
                    + "my-project, which the project settings show, and not its number, name or URL."
            )
        }
    }

    /// The claims of a user who has signed in with a password.
    static func exampleClaims(_ token: ExampleToken) -> [IDTokenJSON.Member] {
        let identities = IDTokenJSON.object([("email", .array([.string(token.email)]))])
        return [
            ("aud", .string(token.audience)), ("auth_time", .integer(token.issuedAt)),
            ("user_id", .string(token.subject)),
            ("firebase", .object([("identities", identities), ("sign_in_provider", .string("password"))])),
        ] + token.userClaims.filter { !$0.name.isExactly("hd") }
    }

    /// The project in an issuer.
    static func id(of issuer: String, after prefix: String) -> String {
        String(Substring(issuer.utf8.dropFirst(prefix.utf8.count)))
    }

    /// Explains an issuer with a project that a profile does not accept.
    static func mistake(_ issuer: String, after prefix: String, _ kind: TrustProfile.Kind, _ profile: TrustProfile)
        -> String?
    {
        guard profile.kind.name.isExactly(kind.name), issuer.utf8.starts(with: prefix.utf8) else { return nil }
        let project = Self.id(of: issuer, after: prefix)
        return "The token is of the Firebase project \(project.quotedForOperators), and this service accepts those of "
            + "\((profile.audiences ?? []).quotedForOperators); the user must sign in to the project of this service."
    }
}

extension TrustProfile.Kind {
    static let firebase: TrustProfile.Kind = TrustProfile.Kind(
        name: "firebase",
        arguments: ["PROJECT"],
        words: .firebase,
        callerClaims: [.email, .subject, .firebaseTenant, .signInProvider],
        isIssuer: { $0.utf8.starts(with: KnownToken.firebaseIssuerPrefix.utf8) },
        argument: { FirebaseProject.id(of: $0, after: KnownToken.firebaseIssuerPrefix) },
        issuerMistake: { FirebaseProject.mistake($0, after: KnownToken.firebaseIssuerPrefix, .firebase, $1) },
        exampleClaims: { token, _ in FirebaseProject.exampleClaims(token) },
        profile: { (argument) throws(IDTokenVerifier.ConfigurationError) in try .firebase(project: argument ?? "") }
    )

    static let firebaseSession: TrustProfile.Kind = TrustProfile.Kind(
        name: "firebaseSession",
        arguments: ["PROJECT"],
        words: .firebaseSession,
        callerClaims: [.email, .subject, .firebaseTenant, .signInProvider],
        isIssuer: { $0.utf8.starts(with: KnownToken.firebaseSessionIssuerPrefix.utf8) },
        argument: { FirebaseProject.id(of: $0, after: KnownToken.firebaseSessionIssuerPrefix) },
        issuerMistake: {
            FirebaseProject.mistake($0, after: KnownToken.firebaseSessionIssuerPrefix, .firebaseSession, $1)
        },
        exampleClaims: { token, _ in FirebaseProject.exampleClaims(token) },
        profile: { (argument) throws(IDTokenVerifier.ConfigurationError) in
            try .firebaseSession(project: argument ?? "")
        }
    )
}

extension TokenWords {
    static let firebase: TokenWords = TokenWords(
        token: "a Firebase or Identity Platform token",
        tokens: "the ID tokens of Firebase and Identity Platform",
        remedy: "the client must send the ID token of a user who is signed in to this service's Firebase project",
        alternative: "have the client send the ID token of a user who is signed in to this service's Firebase project",
        audienceRemedy: "the user must sign in to the Firebase project of this service",
        emailRemedy: "allow the user by the subject",
        lifetime: "an hour",
        missing:
            "The request has no Authorization header; the client must send 'Authorization: Bearer' and a Firebase ID "
            + "token.",
        unknownKey:
            "The token was not signed with the keys of Firebase (it may be a Google ID token, a session cookie, or a "
            + "custom token that a service account signed), or it is so old that its key was retired; run 'idtoken inspect' "
            + "to see its header and claims.",
        usage: "verify it with IDTokenVerifier(trusting: .firebase(project:), …)"
    )

    static let firebaseSession: TokenWords = TokenWords(
        token: "a session cookie of Firebase or Identity Platform",
        tokens: "the session cookies of Firebase and Identity Platform",
        remedy: "the client must send a session cookie that was created for this service's Firebase project",
        alternative: "create a session cookie from the ID token first",
        audienceRemedy: "the user must sign in to the Firebase project of this service",
        emailRemedy: "allow the user by the subject",
        lifetime: "14 days at most",
        missing: "The request has no Authorization header; verify the value of the session cookie with verify(token:).",
        unknownKey:
            "The token was not signed with the keys for Firebase session cookies (it may be a Firebase ID token), or it "
            + "is so old that its key was retired; run 'idtoken inspect' to see its header and claims.",
        usage: "verify it with IDTokenVerifier(trusting: .firebaseSession(project:), …)"
    )
}
