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
internal import OpenSSLSigning

/// The files that give clients an identity and the address of the stand-in.
struct CredentialFiles {
    /// A service account's key, `type` `service_account`.
    let key: URL
    /// Workload identity federation, `type` `external_account`.
    let externalAccount: URL

    /// Writes the files.
    ///
    /// - Parameters:
    ///   - folder: The folder for the files; it is made if it does not exist.
    ///   - standIn: The stand-in that clients will use.
    ///   - url: The base of the stand-in's URLs.
    /// - Throws: ``CommandFailure`` if they cannot be written.
    init(in folder: String, of standIn: StandIn, url: String) throws {
        let folder = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
        self.key = folder.appending(path: "service-account-key.json")
        self.externalAccount = folder.appending(path: "external-account.json")
        let subjectToken = folder.appending(path: "subject-token.txt")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Self.write(try Self.keyFile(standIn, url: url), to: self.key)
            try Self.write(
                Self.externalAccountFile(standIn, url: url, subjectToken: subjectToken),
                to: self.externalAccount
            )
            try Self.write("subject token of the stand-in\n", to: subjectToken)
        } catch {
            throw CommandFailure(
                status: .unreadableInput,
                message: "the credential files cannot be written to \(folder.path(percentEncoded: false)); "
                    + "check that its parent folder exists and that this user may write to it."
            )
        }
    }

    private static func write(_ text: String, to file: URL) throws {
        try Data(text.utf8).write(to: file, options: .atomic)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600],
            ofItemAtPath: file.path(percentEncoded: false)
        )
    }

    private static func keyFile(_ standIn: StandIn, url: String) throws -> String {
        let account = standIn.settings.account
        let pem = String(decoding: try standIn.accountKey.keyPair.privateKeyPEM(), as: UTF8.self)
        return Self.document(
            [
                ("type", "service_account"),
                ("project_id", standIn.settings.project),
                ("private_key_id", standIn.accountKey.keyID),
                ("private_key", pem),
                ("client_email", account.email),
                ("client_id", account.subject),
                ("auth_uri", "\(url)/o/oauth2/auth"),
                ("token_uri", "\(url)/token"),
                ("auth_provider_x509_cert_url", "\(url)/oauth2/v1/certs"),
                ("client_x509_cert_url", "\(url)/robot/v1/metadata/x509/\(account.email)"),
                ("universe_domain", "googleapis.com"),
            ]
            .map { ($0, .string($1)) }
        )
    }

    private static func externalAccountFile(_ standIn: StandIn, url: String, subjectToken: URL) -> String {
        // The name contains no project, because clients would ask Google for the project's name, whatever the settings.
        let pool = "//iam.googleapis.com/locations/global/workloadIdentityPools/stand-in"
        let account = standIn.settings.account.email
        let source = IDTokenJSON.object(
            [("file", .string(subjectToken.path(percentEncoded: false)))]
        )
        return Self.document([
            ("type", .string("external_account")),
            ("audience", .string("\(pool)/providers/stand-in")),
            ("subject_token_type", .string("urn:ietf:params:oauth:token-type:jwt")),
            ("token_url", .string("\(url)/v1/token")),
            ("credential_source", source),
            (
                "service_account_impersonation_url",
                .string("\(url)/v1/projects/-/serviceAccounts/\(account):generateAccessToken")
            ),
            ("universe_domain", .string("googleapis.com")),
        ])
    }

    private static func document(_ members: [(name: String, value: IDTokenJSON)]) -> String {
        IDTokenJSON.object(members).indentedJSON + "\n"
    }
}
#endif
