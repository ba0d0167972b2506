//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import GoogleIDToken

extension IDTokenCredentials {
    /// Returns the header field that authorizes a request to a URL of a Cloud Run service.
    ///
    /// The audience is the service's URL: the request's URL without path, query and fragment, and without a traffic tag
    /// (`TAG---`). For another host it cannot be derived; use ``header(for:in:)`` with the audience that the receiver expects.
    ///
    /// - Parameters:
    ///   - url: The request's URL, on `run.app`.
    ///   - header: The header, as for ``header(for:in:)``.
    /// - Returns: The name of the header field and its value.
    /// - Throws: ``IDTokenCredentialsError``; `audience_invalid` if the audience cannot be derived.
    public func header(
        forRequestTo url: String,
        in header: CredentialHeader = .authorization
    ) async throws(IDTokenCredentialsError) -> (name: String, value: String) {
        try await self.header(for: try Self.audience(ofRequestTo: url), in: header)
    }

    /// Derives the audience from the URL of a request.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `audience_invalid`.
    static func audience(ofRequestTo url: String) throws(IDTokenCredentialsError) -> String {
        let end = url.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? url.endIndex
        let parts = URLParts(String(url[..<end]))
        guard parts.scheme.asciiLowercased.isExactly("https") else {
            throw IDTokenCredentialsError(
                .audienceInvalid,
                "The request's URL does not begin with https://, so that the token could be read on its way; use https, or "
                    + "name the audience with header(for:)."
            )
        }
        let usualPort = ":443"
        let authority = parts.authority.utf8
        let hasPort = authority.count > usualPort.utf8.count && authority.suffix(4).elementsEqual(usualPort.utf8)
        let host = String(decoding: hasPort ? authority.dropLast(4) : authority[...], as: UTF8.self).asciiLowercased
        let service = CloudRunHost.withoutTag(host) ?? host
        guard CloudRunHost(service) != nil, URLParts("https://\(service)").hasPlainHost else {
            throw IDTokenCredentialsError(
                .audienceInvalid,
                "The host \(parts.authority.quotedForOperators) is not a Cloud Run service's on run.app, so that the audience "
                    + "cannot be derived from the URL. Name it with header(for:): for a custom domain it is the service's "
                    + "run.app URL or one of its custom audiences, for Identity-Aware Proxy the OAuth client ID."
            )
        }
        return "https://\(service)"
    }
}
