//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken

/// The region and the keys of an AWS workload: from environment variables, or else from the metadata server of EC2.
struct AWSMetadata: Sendable {
    private let exchange: Exchange
    private let regionURL: String?
    private let keysURL: String?
    private let sessionURL: String?
    private var variables: EnvironmentVariables { self.exchange.environment.variables }

    /// Reads the URLs of a credential source.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `url_not_allowed` if one is not of the metadata server (AIP-4117).
    init(_ source: CredentialMembers, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        self.exchange = .metadata(environment)
        self.regionURL = try Self.url("region_url", source)
        self.keysURL = try Self.url("url", source)
        self.sessionURL = try Self.url("imdsv2_session_token_url", source)
    }

    private static func url(_ name: String, _ source: CredentialMembers) throws(IDTokenCredentialsError) -> String? {
        guard let url = try source.string(name) else { return nil }
        let target = try? TransportURL(url, allowsPlainHTTP: true)
        let isAllowed =
            target.map { target in
                target.isLoopback
                    || ["169.254.169.254", "[fd00:ec2::254]"].contains { $0.isExactly(target.host.asciiLowercased) }
            } ?? false
        guard isAllowed else {
            throw IDTokenCredentialsError(
                .urlNotAllowed,
                "The member \(name) of \(source.place) is \(CurlTransport.shown(url)), which is not the metadata server of EC2 "
                    + "(169.254.169.254 or fd00:ec2::254)."
            )
        }
        return url
    }

    /// Returns the region and the keys.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `subject_token_unavailable`.
    func read() async throws(IDTokenCredentialsError) -> (region: String, keys: AWSSignature.Keys) {
        let givenRegion = self.variables["AWS_REGION"] ?? self.variables["AWS_DEFAULT_REGION"]
        let givenKeys = self.givenKeys
        if let givenRegion, let givenKeys { return (try Self.checked(givenRegion), givenKeys) }
        let session = try await self.session()
        let region: String
        if let givenRegion { region = givenRegion } else { region = try await self.region(session) }
        let keys: AWSSignature.Keys
        if let givenKeys { keys = givenKeys } else { keys = try await self.keys(session) }
        return (try Self.checked(region), keys)
    }

    private var givenKeys: AWSSignature.Keys? {
        guard let id = self.variables["AWS_ACCESS_KEY_ID"], let secret = self.variables["AWS_SECRET_ACCESS_KEY"] else {
            return nil
        }
        return AWSSignature.Keys(id: id, secret: secret, sessionToken: self.variables["AWS_SESSION_TOKEN"])
    }

    /// Checks a region, which becomes part of a host.
    private static func checked(_ region: String) throws(IDTokenCredentialsError) -> String {
        let isRegion = region.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || byte == UInt8(ascii: "-")
        }
        guard isRegion, 1...32 ~= region.utf8.count else {
            throw Self.unavailable("The AWS region \(region.quotedForOperators) is no region.")
        }
        return region
    }

    /// Obtains a session token of IMDSv2, or nil if the file names no URL for it.
    private func session() async throws(IDTokenCredentialsError) -> String? {
        guard let sessionURL else { return nil }
        let field = (name: "X-aws-ec2-metadata-token-ttl-seconds", value: "300")
        let request = HTTPRequest(.put, sessionURL, fields: [field])
        return try await self.send(request, session: nil) { answer throws(IDTokenCredentialsError) in
            try Self.word(answer)
        }
    }

    private func region(_ session: String?) async throws(IDTokenCredentialsError) -> String {
        guard let regionURL else { throw Self.missing("region_url", "AWS_REGION") }
        let zone = try await self.send(HTTPRequest(.get, regionURL), session: session) {
            answer throws(IDTokenCredentialsError) in try Self.word(answer)
        }
        // The response is an availability zone: a region and a letter.
        return String(decoding: zone.utf8.dropLast(), as: UTF8.self)
    }

    private func keys(_ session: String?) async throws(IDTokenCredentialsError) -> AWSSignature.Keys {
        guard let keysURL else { throw Self.missing("url", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY") }
        let role = try await self.send(HTTPRequest(.get, keysURL), session: session) {
            answer throws(IDTokenCredentialsError) in try Self.word(answer)
        }
        let url = "\(keysURL)/\(FormText.encode(role))"
        return try await self.send(HTTPRequest(.get, url), session: session) { answer throws(IDTokenCredentialsError) in
            try Self.keys(in: answer)
        }
    }

    /// Reads the keys in a response.
    static func keys(in answer: ServerAnswer) throws(IDTokenCredentialsError) -> AWSSignature.Keys {
        let members = try answer.object()
        guard
            let id = members["AccessKeyId"]?.stringValue, HeaderText.isValue(id),
            let secret = members["SecretAccessKey"]?.stringValue, !secret.utf8.isEmpty
        else { throw answer.invalid("contains no AccessKeyId and SecretAccessKey") }
        let token = members["Token"]?.stringValue
        guard token.map({ HeaderText.isValue($0) }) ?? true else { throw answer.invalid("contains no usable Token") }
        return AWSSignature.Keys(id: id, secret: secret, sessionToken: token)
    }

    /// Reads a response that is one word.
    static func word(_ answer: ServerAnswer) throws(IDTokenCredentialsError) -> String {
        guard let text = answer.text, text.utf8.count <= 1_024, ServerAnswer.isAccessToken(text) else {
            throw answer.invalid("is not one word\(answer.likeness)")
        }
        return text
    }

    private func send<Result>(
        _ request: HTTPRequest,
        session: String?,
        judge: (ServerAnswer) throws(IDTokenCredentialsError) -> Result
    ) async throws(IDTokenCredentialsError) -> Result {
        var request = request
        if let session { request.fields.append(("X-aws-ec2-metadata-token", session)) }
        let sent = Exchange.Request(
            http: request,
            secrets: session.map { [$0] } ?? [],
            remedy: { _, _ in "Check that the machine has an IAM role, and that its metadata server is enabled." },
            remedyForSilence: "Outside of EC2, set AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
        do throws(IDTokenCredentialsError) {
            return try await self.exchange.send(sent, judge: judge)
        } catch {
            throw error.ofSubjectToken
        }
    }

    private static func missing(_ member: String, _ variables: String) -> IDTokenCredentialsError {
        Self.unavailable(
            "The environment variables \(variables) are not set, and the credential file has no \(member)."
        )
    }

    private static func unavailable(_ explanation: String) -> IDTokenCredentialsError {
        IDTokenCredentialsError(.subjectTokenUnavailable, explanation)
    }
}
