//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension AudiencePolicy {
    /// What is probably wrong with an audience.
    private struct Mistake {
        /// The difference, as the end of a sentence.
        let what: String
        let remedy: String
        /// Whether the difference names an accepted audience.
        var namesAccepted = true
    }

    /// Explains to the operator why an audience is not accepted: what came, what is configured, and the likely mistake.
    func explain(_ audience: String, _ words: TokenWords) -> String {
        let mistake = self.mistake(in: audience, words)
        let start = "The token is for the audience \(audience.quotedForOperators), \(mistake.what); \(mistake.remedy)."
        let accepted = self.accepted.strings
        if mistake.namesAccepted, accepted.count == 1 { return start }
        return "\(start) This service accepts \(accepted.quotedForOperators)."
    }

    private func mistake(in audience: String, _ words: TokenWords) -> Mistake {
        if let nearMiss = NearMiss(audience) {
            if let (value, difference) = nearMiss.find(in: self.accepted.strings) {
                return Mistake(
                    what: "which differs from the accepted \(value.quotedForOperators) only by \(difference.rawValue)",
                    remedy: "have the caller request the accepted audience"
                )
            }
            // With white space as well, a URL would differ in two ways.
            if !nearMiss.hasWhiteSpace {
                let url = URLParts(audience)
                if let mistake = self.mistake(in: url) ?? self.cloudRunMistake(in: url) { return mistake }
            }
        }
        if audience.isExactly(KnownToken.gcloudAudience) {
            return Mistake(
                what: "which the tokens of every gcloud user have",
                remedy: "have the caller impersonate a service account (gcloud auth print-identity-token "
                    + "--impersonate-service-account --audiences)",
                namesAccepted: false
            )
        }
        if audience.isExactly(KnownToken.userCredentialsAudience) {
            return Mistake(
                what: "which the tokens of a user's application default credentials have",
                remedy: "have the caller impersonate a service account",
                namesAccepted: false
            )
        }
        return Mistake(
            what: "which this service does not accept",
            remedy: words.audienceRemedy,
            namesAccepted: false
        )
    }

    /// Describes the only difference from an accepted audience with the same authority.
    private func mistake(in received: URLParts) -> Mistake? {
        for expected in self.acceptedByAuthority[ExactString(received.authority), default: []]
            .prefix(NearMiss.mostCompared)
        {
            let start = "which differs from the accepted \(expected.text.quotedForOperators) only by"
            if received.scheme.isExactly(expected.scheme) {
                guard received.hasSlashMoreOrLess(than: expected) else {
                    return Mistake(
                        what: "\(start) its path",
                        remedy: "have the caller request the exact audience, or accept this one too"
                    )
                }
                return Mistake(
                    what: "\(start) a trailing slash",
                    remedy: "have the caller request the exact audience, or accept both "
                        + "(IDTokenVerifier.cloudRunAudiences does)"
                )
            }
            if received.path.isExactly(expected.path) {
                return Mistake(
                    what: "\(start) its scheme",
                    remedy: "have the caller request the exact audience, or accept this one too"
                )
            }
        }
        return nil
    }

    /// Describes how a URL and an accepted URL of Cloud Run belong together.
    private func cloudRunMistake(in received: URLParts) -> Mistake? {
        guard received.isHTTPS, received.hasPlainHost else { return nil }
        let accepted = self.accepted.strings.prefix(NearMiss.mostCompared).map { URLParts($0) }
        for expected in accepted where expected.isHTTPS && expected.isHost(in: "run.app") {
            if let mistake = Self.mistake(in: received, besides: expected) { return mistake }
        }
        guard
            let first = accepted.first, accepted.allSatisfy({ $0.isHTTPS && $0.isHost(in: "run.app") }),
            Self.mayBeCustomDomain(received)
        else { return nil }
        return Mistake(
            what: "which is a URL in another domain",
            remedy:
                "if it is the custom domain of this service, Cloud Run does not accept it as an audience by itself: "
                + "have the caller request \(first.text.quotedForOperators), or make it a custom audience of the "
                + "Cloud Run service and accept it here too",
            namesAccepted: true
        )
    }

    private static func mistake(in received: URLParts, besides expected: URLParts) -> Mistake? {
        let shown = expected.text.quotedForOperators
        if let host = CloudRunHost.withoutTag(received.authority), host.isExactly(expected.authority) {
            return Mistake(
                what: "which is the URL of a traffic tag of the accepted \(shown)",
                remedy: "on Cloud Run the audience is the service's URL, whatever tag the request goes to, so have the "
                    + "caller request the accepted audience"
            )
        }
        if let host = CloudRunHost.withoutTag(expected.authority), host.isExactly(received.authority) {
            return Mistake(
                what: "which is the service's URL, and the accepted \(shown) is that of one of its traffic tags",
                remedy: "on Cloud Run the audience is the service's URL, whatever tag the request goes to, so accept "
                    + "the service's URL"
            )
        }
        guard
            let one = CloudRunHost(received.authority), let other = CloudRunHost(expected.authority),
            one.isOtherForm(of: other)
        else { return nil }
        return Mistake(
            what:
                "which has the other form of a Cloud Run URL, for a service with the same name as the accepted \(shown)",
            remedy:
                "if 'gcloud run services describe' shows both URLs for this service, accept both, or have the caller "
                + "request the accepted one"
        )
    }

    /// Whether a URL can belong to a service of one's own: Google's own domains cannot.
    private static func mayBeCustomDomain(_ url: URLParts) -> Bool {
        let isGoogles = ["run.app", "googleapis.com", "google.com", "cloudfunctions.net"]
            .contains { url.isHost(in: $0) }
        return !isGoogles && url.authority.utf8.contains(UInt8(ascii: "."))
    }
}
