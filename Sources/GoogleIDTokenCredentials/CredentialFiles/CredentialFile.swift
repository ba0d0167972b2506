//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// A credential file of any type that Google's tools write.
struct CredentialFile: Sendable {
    /// The types of credential files.
    enum Kind: String, CaseIterable {
        case serviceAccount = "service_account"
        case authorizedUser = "authorized_user"
        case impersonatedServiceAccount = "impersonated_service_account"
        case externalAccount = "external_account"
        case externalAccountAuthorizedUser = "external_account_authorized_user"
        case gdchServiceAccount = "gdch_service_account"
    }

    private static let impersonationURL = "service_account_impersonation_url"

    private let members: CredentialMembers
    private let kind: Kind
    private let environment: CredentialsEnvironment

    /// Reads the type.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid` or `credential_unsupported`.
    init(_ members: CredentialMembers, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        let type = try members.required("type")
        guard let kind = Kind.allCases.first(where: { $0.rawValue.isExactly(type) }) else {
            throw IDTokenCredentialsError(
                .credentialUnsupported,
                "\(members.place.sentenceStart) has the type \(type.quotedForOperators), which is not known; use one of "
                    + "service_account, external_account and impersonated_service_account."
            )
        }
        self.members = members
        self.kind = kind
        self.environment = environment
    }

    /// Prepares to obtain ID tokens with the file.
    ///
    /// - Parameter account: The service account to impersonate with a file that names none.
    /// - Returns: The source.
    /// - Throws: ``IDTokenCredentialsError``.
    func idTokenSource(impersonating account: String? = nil) throws(IDTokenCredentialsError) -> any IDTokenSource {
        switch self.kind {
        case .serviceAccount: return try ServiceAccountKey(self.members, self.environment)
        case .impersonatedServiceAccount: return try self.impersonation()
        case .externalAccount: return try self.federation(try self.target(account))
        case .authorizedUser, .externalAccountAuthorizedUser:
            throw self.unsupported(
                "contains the credentials of a user, which cannot obtain an ID token for a chosen audience. Either impersonate "
                    + "a service account ('gcloud auth application-default login "
                    + "--impersonate-service-account=ACCOUNT', or IDTokenCredentials.impersonating), or for a test by hand "
                    + "take the token of 'gcloud auth print-identity-token'"
            )
        case .gdchServiceAccount:
            throw self.unsupported("is for Google Distributed Cloud, whose tokens are not Google's ID tokens")
        }
    }

    /// Prepares to obtain access tokens with the file.
    ///
    /// - Throws: ``IDTokenCredentialsError``.
    func accessTokens() throws(IDTokenCredentialsError) -> AccessTokens {
        switch self.kind {
        case .serviceAccount:
            return AccessTokens(of: try ServiceAccountKey(self.members, self.environment), self.environment)
        case .externalAccount:
            if case _? = try self.members.string(Self.impersonationURL) {
                return AccessTokens(of: try self.federation(try self.target(nil)), self.environment)
            }
            return AccessTokens(of: try ExternalAccount(self.members, self.environment), self.environment)
        case .impersonatedServiceAccount: return AccessTokens(of: try self.impersonation(), self.environment)
        case .authorizedUser:
            return AccessTokens(of: try UserCredentials(google: self.members, self.environment), self.environment)
        case .externalAccountAuthorizedUser:
            return AccessTokens(of: try UserCredentials(workforce: self.members, self.environment), self.environment)
        case .gdchServiceAccount:
            throw self.unsupported("is for Google Distributed Cloud, whose tokens Google's APIs do not accept")
        }
    }

    /// Prepares to impersonate an account with a federated identity.
    private func federation(_ target: ImpersonationTarget) throws(IDTokenCredentialsError) -> Impersonation {
        Impersonation(
            target,
            quotaProject: try self.quotaProject(),
            with: AccessTokens(of: try ExternalAccount(self.members, self.environment), self.environment),
            self.environment
        )
    }

    private func impersonation() throws(IDTokenCredentialsError) -> Impersonation {
        guard let source = try self.members.object("source_credentials") else {
            throw self.members.invalid("source_credentials", "is missing")
        }
        return Impersonation(
            try self.target(nil),
            delegates: try self.members.strings("delegates"),
            quotaProject: try self.quotaProject(),
            with: try CredentialFile(source, self.environment).accessTokens(),
            self.environment
        )
    }

    /// Returns the account that the file's URL names, or else the given one.
    private func target(_ account: String?) throws(IDTokenCredentialsError) -> ImpersonationTarget {
        let name = Self.impersonationURL
        if let account { return try ImpersonationTarget(account: account, universe: try self.members.universe()) }
        guard let url = try self.members.url(name, self.environment) else {
            throw self.unsupported(
                "has no \(name): a federated identity has no ID tokens of its own. Create the file with --service-account, "
                    + "or name the account with IDTokenCredentials.externalAccount(file:impersonating:)"
            )
        }
        guard let target = ImpersonationTarget(accessTokenURL: url) else {
            throw self.members.invalid(
                name,
                "does not have the form https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/ACCOUNT"
                    + ":generateAccessToken"
            )
        }
        return target
    }

    private func quotaProject() throws(IDTokenCredentialsError) -> String? {
        try self.members.name("quota_project_id")
    }

    private func unsupported(_ what: String) -> IDTokenCredentialsError {
        IDTokenCredentialsError(
            .credentialUnsupported,
            "\(self.members.place.sentenceStart) (type \(self.kind.rawValue)) \(what)."
        )
    }
}

/// Text that is sent in a header field.
enum HeaderText {
    /// Whether a text can be the value of a header field: printable ASCII (RFC 9110 §5.5).
    static func isValue(_ text: String) -> Bool {
        !text.utf8.isEmpty && text.utf8.count <= 8_192 && text.utf8.allSatisfy { 0x20...0x7E ~= $0 }
    }

    /// Whether a text can be the name of a header field: letters, digits and hyphens.
    static func isName(_ text: String) -> Bool {
        !text.utf8.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
