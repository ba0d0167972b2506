//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken

/// A subject token that a server gives, such as GitHub's or Azure's.
struct URLSubjectToken: SubjectTokenSource {
    let words: String
    private let exchange: Exchange
    private let url: String
    private let fields: [(name: String, value: String)]
    private let format: SubjectTokenFormat

    /// Reads the source.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid` or `url_not_allowed`.
    init(_ source: CredentialMembers, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        self.url = try source.required("url")
        self.fields = try source.object("headers")?.texts() ?? []
        self.format = try SubjectTokenFormat(source)
        self.words = CurlTransport.shown(self.url)
        guard self.fields.allSatisfy({ HeaderText.isName($0.name) && HeaderText.isValue($0.value) }) else {
            throw source.invalid("headers", "contains what a header field cannot have")
        }
        // Azure's metadata server has no TLS, and its address is not routed beyond the host.
        self.exchange = Self.isMetadataAddress(self.url) ? .metadata(environment) : .secure(environment)
        do throws(TransportError) {
            _ = try TransportURL(self.url, allowsPlainHTTP: Self.isMetadataAddress(self.url))
        } catch {
            throw IDTokenCredentialsError(
                .urlNotAllowed,
                "The member url of \(source.place), \(self.words), is not used: \(error)."
            )
        }
    }

    private static func isMetadataAddress(_ url: String) -> Bool {
        (try? TransportURL(url, allowsPlainHTTP: true))?.host.isExactly("169.254.169.254") ?? false
    }

    func subjectToken() async throws(IDTokenCredentialsError) -> String {
        let request = Exchange.Request(
            http: HTTPRequest(.get, self.url, fields: self.fields),
            secrets: self.fields.map(\.value),
            remedy: { _, _ in
                "This server gives the token that proves the workload's identity; check its URL and header fields."
            }
        )
        do throws(IDTokenCredentialsError) {
            return try await self.exchange.send(request) { answer throws(IDTokenCredentialsError) in
                try self.format.token(in: answer.body, from: "the response to \(answer.target)")
            }
        } catch {
            throw error.ofSubjectToken
        }
    }
}

extension IDTokenCredentialsError {
    /// The same error for a server that gives subject tokens and is not Google's.
    var ofSubjectToken: IDTokenCredentialsError {
        guard self.disposition != .cancelled, self.disposition != .misconfigured else { return self }
        return IDTokenCredentialsError(.subjectTokenUnavailable, self.explanation, retryAfter: self.retryAfter)
    }
}
