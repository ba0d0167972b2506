//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenCredentials {
    /// An identity whose access tokens request the ID tokens of a service account.
    public struct AccessTokenSource: Sendable {
        let open: @Sendable (CredentialsEnvironment) throws(IDTokenCredentialsError) -> AccessTokens

        /// Application Default Credentials, in the order of ``IDTokenCredentials/applicationDefault(configuration:)``; a
        /// user's credentials of gcloud can be the source too.
        public static let applicationDefault = AccessTokenSource { environment throws(IDTokenCredentialsError) in
            switch try CredentialSearch.find(environment) {
            case .file(let file): try file.accessTokens()
            case .metadataServer(let search):
                AccessTokens(of: try MetadataServer(account: "default", environment, search: search), environment)
            }
        }

        /// The metadata server.
        ///
        /// - Parameter account: `default`, or the e-mail address of one of several attached service accounts.
        /// - Returns: The source.
        public static func metadataServer(account: String = "default") -> AccessTokenSource {
            AccessTokenSource { environment throws(IDTokenCredentialsError) in
                AccessTokens(of: try MetadataServer(account: account, environment), environment)
            }
        }

        /// A credential file of the type `service_account`, `authorized_user`, `external_account` or
        /// `external_account_authorized_user`.
        ///
        /// - Parameter path: The file's path.
        /// - Returns: The source.
        public static func credentialFile(_ path: String) -> AccessTokenSource {
            AccessTokenSource { environment throws(IDTokenCredentialsError) in
                try CredentialFile(try CredentialMembers(readingFile: path, environment), environment).accessTokens()
            }
        }

        /// A function of the application, for example one that asks Google's own Swift library.
        ///
        /// - Parameter accessToken: A function that returns a valid access token with the scope `cloud-platform` each time,
        ///   without `Bearer`; it is given up after 30 seconds.
        /// - Returns: The source.
        public static func closure(_ accessToken: @escaping @Sendable () async throws -> String) -> AccessTokenSource {
            AccessTokenSource { _ throws(IDTokenCredentialsError) in AccessTokens(calling: accessToken) }
        }
    }
}
