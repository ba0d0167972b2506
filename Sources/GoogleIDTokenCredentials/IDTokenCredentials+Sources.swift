//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenCredentials {
    /// Finds Application Default Credentials, in the order of Google's libraries.
    ///
    /// 1. The file that the environment variable `GOOGLE_APPLICATION_CREDENTIALS` names. If it cannot be used, that is an
    ///    error; an empty variable counts as unset.
    /// 2. The file of `gcloud auth application-default login`: `application_default_credentials.json` in the folder
    ///    `CLOUDSDK_CONFIG`, or else in `~/.config/gcloud`.
    /// 3. The metadata server. It is asked only when the first token is needed.
    ///
    /// - Parameter configuration: Options.
    /// - Returns: The credentials.
    /// - Throws: ``IDTokenCredentialsError`` whose disposition is `misconfigured`.
    public static func applicationDefault(
        configuration: Configuration = Configuration()
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        try self.applicationDefault(.system(configuration))
    }

    static func applicationDefault(
        _ environment: CredentialsEnvironment
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        switch try CredentialSearch.find(environment) {
        case .file(let file): IDTokenCredentials(try file.idTokenSource(), environment)
        case .metadataServer(let search):
            IDTokenCredentials(try MetadataServer(account: "default", environment, search: search), environment)
        }
    }

    /// Uses the metadata server of Cloud Run, Compute Engine, GKE or Cloud Functions.
    ///
    /// The environment variables `GCE_METADATA_HOST`, `GCE_METADATA_ROOT` and `GCE_METADATA_IP` name another host, in this
    /// order. Nothing is sent before the first token is needed, and never through a proxy.
    ///
    /// - Parameters:
    ///   - account: `default`, or the e-mail address of one of several attached service accounts.
    ///   - configuration: Options.
    /// - Returns: The credentials.
    /// - Throws: ``IDTokenCredentialsError`` with `argument_invalid`.
    public static func metadataServer(
        account: String = "default",
        configuration: Configuration = Configuration()
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        let environment = CredentialsEnvironment.system(configuration)
        return IDTokenCredentials(try MetadataServer(account: account, environment), environment)
    }

    /// Uses a credential file of any type that can obtain ID tokens: `service_account`, `impersonated_service_account` or
    /// `external_account`.
    ///
    /// - Parameters:
    ///   - path: The file's path. It is read once, except for the file or URL of a subject token that it names.
    ///   - configuration: Options.
    /// - Returns: The credentials.
    /// - Throws: ``IDTokenCredentialsError`` whose disposition is `misconfigured`.
    public static func credentialFile(
        _ path: String,
        configuration: Configuration = Configuration()
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        let environment = CredentialsEnvironment.system(configuration)
        return try self.credentialFile(try CredentialMembers(readingFile: path, environment), environment)
    }

    static func credentialFile(
        _ members: CredentialMembers,
        _ environment: CredentialsEnvironment
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        IDTokenCredentials(try CredentialFile(members, environment).idTokenSource(), environment)
    }

    /// Uses a service account key that is in memory, for example from Secret Manager.
    ///
    /// For a key in a file, use ``credentialFile(_:configuration:)``.
    ///
    /// - Parameters:
    ///   - json: The content of the key file; the key is PKCS #8 or PKCS #1, RSA, and not encrypted.
    ///   - configuration: Options.
    /// - Returns: The credentials.
    /// - Throws: ``IDTokenCredentialsError`` whose disposition is `misconfigured`.
    public static func serviceAccountKey(
        _ json: some Sequence<UInt8>,
        configuration: Configuration = Configuration()
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        let environment = CredentialsEnvironment.system(configuration)
        let members = try CredentialMembers(json: Array(json), place: "the service account key")
        return IDTokenCredentials(try ServiceAccountKey(members, environment), environment)
    }

    /// Impersonates a service account with another identity.
    ///
    /// The identity needs the permission `iam.serviceAccounts.getOpenIdToken` on the account, which the role
    /// `roles/iam.serviceAccountOpenIdTokenCreator` has.
    ///
    /// - Parameters:
    ///   - account: The e-mail address or the unique ID of the service account.
    ///   - source: The identity.
    ///   - delegates: The accounts in between, if any: the first is the one that the identity may impersonate, and the last
    ///     one may impersonate the account.
    ///   - quotaProject: The ID of the project that pays for the requests; nil means the identity's own.
    ///   - configuration: Options.
    /// - Returns: The credentials.
    /// - Throws: ``IDTokenCredentialsError`` whose disposition is `misconfigured`.
    public static func impersonating(
        _ account: String,
        with source: AccessTokenSource,
        delegates: [String] = [],
        quotaProject: String? = nil,
        configuration: Configuration = Configuration()
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        let environment = CredentialsEnvironment.system(configuration)
        return try self.impersonating(
            account,
            with: source,
            delegates: delegates,
            quotaProject: quotaProject,
            environment
        )
    }

    static func impersonating(
        _ account: String,
        with source: AccessTokenSource,
        delegates: [String] = [],
        quotaProject: String? = nil,
        _ environment: CredentialsEnvironment
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        if let quotaProject, !HeaderText.isValue(quotaProject) {
            throw IDTokenCredentialsError(.argumentInvalid, "The quota project is no project ID; give one, or nil.")
        }
        let impersonation = Impersonation(
            try ImpersonationTarget(account: account),
            delegates: delegates,
            quotaProject: quotaProject,
            with: try source.open(environment),
            environment
        )
        return IDTokenCredentials(impersonation, environment)
    }

    /// Uses workload identity federation with a credential file of the type `external_account`.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - account: The service account to impersonate, instead of the one that the file names.
    ///   - configuration: Options.
    /// - Returns: The credentials.
    /// - Throws: ``IDTokenCredentialsError`` whose disposition is `misconfigured`.
    public static func externalAccount(
        file path: String,
        impersonating account: String,
        configuration: Configuration = Configuration()
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        let environment = CredentialsEnvironment.system(configuration)
        let file = try CredentialFile(try CredentialMembers(readingFile: path, environment), environment)
        return IDTokenCredentials(try file.idTokenSource(impersonating: account), environment)
    }

    /// Uses workload identity federation with tokens that the application obtains from another identity provider.
    ///
    /// - Parameters:
    ///   - audience: The provider's resource name, such as
    ///     `//iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`.
    ///   - subjectTokenType: The type of the tokens (RFC 8693 §3), such as `urn:ietf:params:oauth:token-type:jwt`.
    ///   - account: The service account to impersonate.
    ///   - configuration: Options.
    ///   - subjectToken: A function that returns a valid token of the other provider each time; it is given up after 30
    ///     seconds.
    /// - Returns: The credentials.
    /// - Throws: ``IDTokenCredentialsError`` whose disposition is `misconfigured`.
    public static func externalAccount(
        audience: String,
        subjectTokenType: String,
        impersonating account: String,
        configuration: Configuration = Configuration(),
        subjectToken: @escaping @Sendable () async throws -> String
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        let environment = CredentialsEnvironment.system(configuration)
        let external = ExternalAccount(
            ClosureSubjectToken(closure: subjectToken),
            audience: audience,
            subjectTokenType: subjectTokenType,
            environment
        )
        let impersonation = Impersonation(
            try ImpersonationTarget(account: account),
            with: AccessTokens(of: external, environment),
            environment
        )
        return IDTokenCredentials(impersonation, environment)
    }
}
