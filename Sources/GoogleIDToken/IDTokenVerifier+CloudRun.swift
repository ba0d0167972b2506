//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// Returns the audiences of a Cloud Run service: each URL without and with a slash at its end.
    ///
    /// Some of Google's samples request tokens for the URL with a slash, others for the URL without one. A verifier
    /// compares audiences byte by byte, so that it must know both.
    ///
    /// ```swift
    /// let verifier = try IDTokenVerifier(
    ///     audiences: IDTokenVerifier.cloudRunAudiences("https://profiles-123456.europe-west1.run.app"),
    ///     callers: .serviceAccounts("login@my-project.iam.gserviceaccount.com"))
    /// ```
    /// A service has two URLs, `https://SERVICE-PROJECTNUMBER.REGION.run.app` and
    /// `https://SERVICE-HASH-REGIONCODE.a.run.app`; give both if callers use both. Add custom audiences to the result.
    ///
    /// - Parameter urls: The URLs: `https://`, a host in lower case, and nothing else, except for one slash at the end.
    /// - Returns: The audiences, for `init(audiences:callers:keys:configuration:)`.
    /// - Throws: ``ConfigurationError`` with `audience_missing` or `audience_invalid`.
    public static func cloudRunAudiences(_ urls: String...) throws(ConfigurationError) -> [String] {
        try self.cloudRunAudiences(urls)
    }

    /// Returns the audiences of a Cloud Run service: each URL without and with a slash at its end.
    ///
    /// - Parameter urls: The URLs: `https://`, a host in lower case, and nothing else, except for one slash at the end.
    /// - Returns: The audiences, for `init(audiences:callers:keys:configuration:)`.
    /// - Throws: ``ConfigurationError`` with `audience_missing` or `audience_invalid`.
    public static func cloudRunAudiences(_ urls: [String]) throws(ConfigurationError) -> [String] {
        try AudiencePolicy.checkNames(urls)
        var audiences: [String] = []
        for text in urls {
            let url = URLParts(text)
            guard url.isHTTPS, url.hasPlainHost, url.path.isEmpty || url.path.isExactly("/") else {
                throw Self.notCloudRun(text, url)
            }
            let host = url.authority.asciiLowercased
            guard host.isExactly(url.authority) else { throw Self.notCloudRun(text, url) }
            audiences += ["https://\(host)", "https://\(host)/"]
        }
        return audiences
    }

    private static func notCloudRun(_ text: String, _ url: URLParts) -> ConfigurationError {
        let isLikely = url.hasPlainHost && url.authority.utf8.contains(UInt8(ascii: "."))
        let meant = ["https://\(url.authority.asciiLowercased)"]
        return ConfigurationError(
            .audienceInvalid,
            "The URL \(text.quotedForOperators) is not the URL of a Cloud Run service, which has the form https://HOST in "
                + "lower case, without port, path and query; "
                + (isLikely
                    ? "give \(meant.quotedForOperators)" : "give the URL that 'gcloud run services describe' shows")
                + ", or name another audience without cloudRunAudiences."
        )
    }
}

extension String {
    /// The text with the letters of ASCII in lower case.
    package var asciiLowercased: String {
        String(
            decoding: self.utf8.map(NearMiss.lowercased),
            as: UTF8.self
        )
    }
}
