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
internal import OpenSSLSigning
internal import OpenSSLTLS

/// The paths of files that give clients an identity and the URL of an emulator.
///
/// The variable `GOOGLE_APPLICATION_CREDENTIALS` names one of them for a client.
public struct CredentialFiles: Sendable {
    /// The key of a service account, `type` `service_account`.
    public let serviceAccountKey: String
    /// Workload identity federation, `type` `external_account`.
    public let externalAccount: String
    /// A service account that a user impersonates, `type` `impersonated_service_account`.
    public let impersonatedAccount: String
    /// A user's own credentials, `type` `authorized_user`; they cannot choose the audience of an ID token.
    public let authorizedUser: String
    /// The certificate (PEM) of the emulator's own certificate authority, for clients that use the emulator as a proxy.
    public let certificateAuthority: String

    /// Writes the files.
    ///
    /// - Parameters:
    ///   - folder: The folder for the files; it is made if it does not exist.
    ///   - standIn: What clients will use.
    ///   - url: The base of its URLs.
    /// - Throws: ``EmulatorError`` if they cannot be written.
    init(in folder: String, of standIn: StandIn, url: String) throws(EmulatorError) {
        let folder = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
        func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }
        self.serviceAccountKey = path("service-account-key.json")
        self.externalAccount = path("external-account.json")
        self.impersonatedAccount = path("impersonated-account.json")
        self.authorizedUser = path("authorized-user.json")
        self.certificateAuthority = path("certificate-authority.pem")
        let documents = CredentialDocuments(standIn: standIn, url: url)
        let subjectToken = path("subject-token.txt")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Self.write(documents.serviceAccountKey(), to: self.serviceAccountKey)
            try Self.write(documents.externalAccount(subjectToken: subjectToken), to: self.externalAccount)
            try Self.write(documents.impersonatedAccount, to: self.impersonatedAccount)
            try Self.write(.object(CredentialDocuments.authorizedUser), to: self.authorizedUser)
            let authority = String(decoding: try standIn.authority.value().certificatePEM, as: UTF8.self)
            try Self.write(authority, to: self.certificateAuthority)
            try Self.write("subject token of the emulator\n", to: subjectToken)
        } catch {
            throw EmulatorError(
                .filesUnwritable,
                "the credential files cannot be written to \(folder.path(percentEncoded: false)); "
                    + "check that its parent folder exists and that this user may write to it."
            )
        }
    }

    private static func write(_ document: IDTokenJSON, to path: String) throws {
        try Self.write(document.indentedJSON + "\n", to: path)
    }

    private static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

/// The contents of the credential files.
private struct CredentialDocuments {
    let standIn: StandIn
    let url: String

    func serviceAccountKey() throws -> IDTokenJSON {
        let account = self.standIn.settings.serviceAccount
        let pem = String(decoding: try self.standIn.accountKey.keyPair.privateKeyPEM(), as: UTF8.self)
        return .object(
            [
                ("type", "service_account"),
                ("project_id", self.standIn.settings.project),
                ("private_key_id", self.standIn.accountKey.keyID),
                ("private_key", pem),
                ("client_email", account.email),
                ("client_id", account.subject),
                ("auth_uri", "\(self.url)/o/oauth2/auth"),
                ("token_uri", "\(self.url)/token"),
                ("auth_provider_x509_cert_url", "\(self.url)/oauth2/v1/certs"),
                ("client_x509_cert_url", "\(self.url)/robot/v1/metadata/x509/\(account.email)"),
                ("universe_domain", "googleapis.com"),
            ]
            .map { ($0, .string($1)) }
        )
    }

    func externalAccount(subjectToken: String) -> IDTokenJSON {
        // The name contains no project, because clients would ask Google for the project's name, whatever the settings.
        let pool = "//iam.googleapis.com/locations/global/workloadIdentityPools/emulator"
        return .object([
            ("type", .string("external_account")),
            ("audience", .string("\(pool)/providers/emulator")),
            ("subject_token_type", .string("urn:ietf:params:oauth:token-type:jwt")),
            ("token_url", .string("\(self.url)/v1/token")),
            ("credential_source", .object([("file", .string(subjectToken))])),
            ("service_account_impersonation_url", .string(self.impersonationURL)),
            ("universe_domain", .string("googleapis.com")),
        ])
    }

    var impersonatedAccount: IDTokenJSON {
        .object([
            ("type", .string("impersonated_service_account")),
            ("delegates", .array([])),
            ("service_account_impersonation_url", .string(self.impersonationURL)),
            ("source_credentials", .object(Self.authorizedUser)),
        ])
    }

    /// Clients send these to a fixed URL of Google, which they reach through a proxy only.
    static let authorizedUser: [IDTokenJSON.Member] = [
        ("type", .string("authorized_user")),
        ("client_id", .string("32555940559.apps.googleusercontent.com")),
        ("client_secret", .string("no secret of the emulator")),
        ("refresh_token", .string("1//refresh-token-of-the-emulator")),
        ("universe_domain", .string("googleapis.com")),
    ]

    private var impersonationURL: String {
        let account = self.standIn.settings.serviceAccount.email
        return "\(self.url)/v1/projects/-/serviceAccounts/\(account):generateAccessToken"
    }
}
#endif
