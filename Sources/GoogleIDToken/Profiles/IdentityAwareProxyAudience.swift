//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// The audience of the assertions of Identity-Aware Proxy: the resource that it protects.
///
/// The page of Identity-Aware Proxy in the Google Cloud console shows it as *Signed Header JWT Audience*. See
/// [Securing your app with signed headers](https://cloud.google.com/iap/docs/signed-headers-howto).
public struct IdentityAwareProxyAudience: Sendable {
    private let text: String

    /// An App Engine application: `/projects/PROJECT_NUMBER/apps/PROJECT_ID`.
    ///
    /// - Parameters:
    ///   - project: The number of the project.
    ///   - id: The ID of the project.
    /// - Returns: The audience.
    public static func appEngine(project: Int, id: String) -> IdentityAwareProxyAudience {
        Self(text: "/projects/\(project)/apps/\(id)")
    }

    /// A backend service of Compute Engine or Google Kubernetes Engine behind a load balancer:
    /// `/projects/PROJECT_NUMBER/global/backendServices/SERVICE_ID`.
    ///
    /// - Parameters:
    ///   - project: The number of the project.
    ///   - id: The ID of the backend service, a number.
    /// - Returns: The audience.
    public static func backendService(project: Int, id: String) -> IdentityAwareProxyAudience {
        Self(text: "/projects/\(project)/global/backendServices/\(id)")
    }

    /// A backend service of a regional load balancer: `/projects/PROJECT_NUMBER/REGION/backendServices/SERVICE_ID`.
    ///
    /// - Parameters:
    ///   - project: The number of the project.
    ///   - region: The region, such as `europe-west1`.
    ///   - id: The ID of the backend service, a number.
    /// - Returns: The audience.
    public static func backendService(project: Int, region: String, id: String) -> IdentityAwareProxyAudience {
        Self(text: "/projects/\(project)/\(region)/backendServices/\(id)")
    }

    /// A Cloud Run service: `/projects/PROJECT_NUMBER/locations/REGION/services/SERVICE_NAME`.
    ///
    /// - Parameters:
    ///   - project: The number of the project.
    ///   - region: The region, such as `europe-west1`.
    ///   - service: The name of the service.
    /// - Returns: The audience.
    public static func cloudRun(project: Int, region: String, service: String) -> IdentityAwareProxyAudience {
        Self(text: "/projects/\(project)/locations/\(region)/services/\(service)")
    }

    /// An audience as the Google Cloud console shows it.
    ///
    /// - Parameter text: The audience, such as `/projects/123456/apps/my-project`. A verifier with a text of another form
    ///   throws ``IDTokenVerifier/ConfigurationError`` with `audience_invalid`.
    /// - Returns: The audience.
    public static func exactly(_ text: String) -> IdentityAwareProxyAudience {
        Self(text: text)
    }

    /// The claim `aud`.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `audience_invalid` if no assertion has such an audience.
    var claim: String {
        get throws(IDTokenVerifier.ConfigurationError) {
            let parts = self.text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            guard
                parts.count > 4, parts[0].isEmpty, parts[1].isExactly("projects"), Self.isProjectNumber(parts[2]),
                parts.dropFirst(3).allSatisfy(Self.isName),
                Self.forms.contains(where: { $0.matches(parts.dropFirst(3)) })
            else {
                throw IDTokenVerifier.ConfigurationError(
                    .audienceInvalid,
                    "No assertion of Identity-Aware Proxy has the audience \(self.text.quotedForOperators), because its form is "
                        + "another one; give the parts of one of IdentityAwareProxyAudience's forms, or copy the audience from "
                        + "the page of Identity-Aware Proxy in the Google Cloud console."
                )
            }
            return self.text
        }
    }

    /// The forms after the project; an empty name stands for any one.
    private static let forms = [
        Form(names: ["apps", ""]),
        Form(names: ["", "backendServices", ""]),
        Form(names: ["locations", "", "services", ""]),
    ]

    private struct Form {
        let names: [String]

        func matches(_ parts: ArraySlice<String>) -> Bool {
            parts.count == self.names.count && zip(parts, self.names).allSatisfy { $1.isEmpty || $0.isExactly($1) }
        }
    }

    private static func isProjectNumber(_ text: String) -> Bool {
        text.utf8.first != UInt8(ascii: "0") && !text.isEmpty
            && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    /// Whether a text may be a name: letters, digits, hyphens, and dots and colons as in old project IDs.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}
