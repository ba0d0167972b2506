//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken

/// The metadata server of Cloud Run, Compute Engine, GKE and Cloud Functions, which gives the tokens of an attached account.
struct MetadataServer: IDTokenSource, AccessTokenFetching {
    /// The time after the start during which a missing account may still appear: GKE's server starts beside the container.
    static let start: Duration = .seconds(30)
    static let usualHost = "metadata.google.internal"

    let words: String
    private let exchange: Exchange
    /// The URL up to the account.
    private let base: String
    private let account: String
    private let createdAt: Duration
    private let remedyForSilence: String

    /// Prepares requests; nothing is sent.
    ///
    /// - Parameters:
    ///   - account: `default`, or the e-mail address of an attached service account.
    ///   - environment: The environment, whose variables may name another host.
    ///   - search: What was looked for before, as the beginning of a sentence, or an empty text.
    /// - Throws: ``IDTokenCredentialsError`` with `argument_invalid`.
    init(
        account: String,
        _ environment: CredentialsEnvironment,
        search: String = ""
    ) throws(IDTokenCredentialsError) {
        let (host, variable) = Self.host(environment.variables)
        let base = "http://\(host)/computeMetadata/v1/instance/service-accounts/"
        let isHost = host.utf8.allSatisfy { !"/?#@".utf8.contains($0) }
        guard isHost, (try? TransportURL(base, allowsPlainHTTP: true)) != nil else {
            throw IDTokenCredentialsError(
                .argumentInvalid,
                "The environment variable \(variable ?? "GCE_METADATA_HOST") is not a host with an optional port. Correct it, "
                    + "or unset it."
            )
        }
        guard ImpersonationTarget.isAccount(account) else {
            throw IDTokenCredentialsError(
                .argumentInvalid,
                "The account \(account.quotedForOperators) is no e-mail address; give the address of a service account, or "
                    + "\"default\"."
            )
        }
        self.exchange = .metadata(environment)
        self.base = base
        self.account = account
        self.createdAt = environment.steadyTime()
        self.words = "metadata server \(host), account \(account)"
        self.remedyForSilence =
            (variable.map { "The environment variable \($0) names this host; check it. " } ?? "")
            + "On Google Cloud, check that nothing blocks the metadata server; elsewhere there is none: "
            + (search.isEmpty
                ? "use another source of credentials."
                : "\(search). Set GOOGLE_APPLICATION_CREDENTIALS to a credential file.")
    }

    /// The host, and the variable that names it, in the order of Google's libraries.
    private static func host(_ variables: EnvironmentVariables) -> (host: String, variable: String?) {
        for name in ["GCE_METADATA_HOST", "GCE_METADATA_ROOT", "GCE_METADATA_IP"] {
            guard let value = variables[name] else { continue }
            // Some libraries accept a URL here.
            let host = value.utf8.starts(with: "http://".utf8) ? String(value.utf8.dropFirst(7)) ?? value : value
            return (host.utf8.last == UInt8(ascii: "/") ? String(host.utf8.dropLast()) ?? host : host, name)
        }
        return (Self.usualHost, nil)
    }

    func idToken(for audience: String) async throws(IDTokenCredentialsError) -> FetchedToken {
        // Only the full format has the e-mail claim on Compute Engine, by which receivers recognise callers.
        let request = self.request("identity?audience=\(FormText.encode(audience))&format=full")
        return try await self.exchange.send(request) { answer throws(IDTokenCredentialsError) in
            try answer.idToken(answer.text, for: audience)
        }
    }

    func accessToken() async throws(IDTokenCredentialsError) -> FetchedToken {
        let request = self.request("token?scopes=\(FormText.encode(GoogleName.scope))")
        return try await self.exchange.send(request) { answer throws(IDTokenCredentialsError) in
            try answer.accessToken()
        }
    }

    private func request(_ path: String) -> Exchange.Request {
        let flavor = (name: "Metadata-Flavor", value: "Google")
        let url = "\(self.base)\(self.account)/\(path)"
        let (account, createdAt, steadyTime) = (self.account, self.createdAt, self.exchange.environment.steadyTime)
        return Exchange.Request(
            http: HTTPRequest(.get, url, fields: [flavor]),
            remedy: { status, _ in Self.remedy(status, account) },
            codes: [404: .accountMissing],
            isTransient: { $0 == 404 && steadyTime() - createdAt < Self.start },
            check: { answer throws(IDTokenCredentialsError) in try Self.checkFlavor(answer) },
            remedyForSilence: self.remedyForSilence
        )
    }

    /// Checks that the response comes from a metadata server: each genuine response says so.
    private static func checkFlavor(_ answer: ServerAnswer) throws(IDTokenCredentialsError) {
        let isGenuine = answer.fields.all("metadata-flavor").contains { $0.isExactly("Google") }
        // While the server starts, a proxy in front of it may respond with an error in its place.
        let isOverloaded = answer.status >= 500 || answer.status == 408 || answer.status == 429
        guard isGenuine || isOverloaded else {
            throw IDTokenCredentialsError(
                .answerInvalid,
                "The response to \(answer.target) has status \(answer.status) and no header field Metadata-Flavor: Google, "
                    + "so that it is not from a metadata server. Check that no proxy or portal responds in its place."
            )
        }
    }

    private static func remedy(_ status: Int, _ account: String) -> String {
        switch status {
        case 400: "The server refuses the audience; check that it is the receiver's URL or client ID."
        case 403: "Check that the account \(account) may be used here, and that no proxy removes header fields."
        case 404:
            "There is no service account \(account) here. On Compute Engine, attach one; on GKE, annotate the Kubernetes "
                + "service account with iam.gke.io/gcp-service-account and grant it roles/iam.workloadIdentityUser."
        default: ""
        }
    }
}
