//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken

/// The service account that is impersonated.
struct ImpersonationTarget: Sendable {
    /// A method of the IAM Credentials API.
    enum Method: String {
        case idToken = ":generateIdToken"
        case accessToken = ":generateAccessToken"

        /// The permission on the account that the method needs.
        var permission: String {
            switch self {
            case .idToken: "iam.serviceAccounts.getOpenIdToken"
            case .accessToken: "iam.serviceAccounts.getAccessToken"
            }
        }

        /// A role that has the permission.
        var role: String {
            switch self {
            case .idToken: "roles/iam.serviceAccountOpenIdTokenCreator"
            case .accessToken: "roles/iam.serviceAccountTokenCreator"
            }
        }
    }

    private static let path = "/v1/projects/-/serviceAccounts/"

    let account: String
    /// The scheme and the host of the API.
    private let origin: String

    /// Returns the URL of a method.
    func url(_ method: Method) -> String {
        "\(self.origin)\(Self.path)\(self.account)\(method.rawValue)"
    }

    /// Creates a target from an account's name.
    ///
    /// - Parameters:
    ///   - account: The e-mail address or the unique ID of the account.
    ///   - universe: The domain of Google's APIs.
    /// - Throws: ``IDTokenCredentialsError`` with `argument_invalid`.
    init(account: String, universe: String = GoogleName.universe) throws(IDTokenCredentialsError) {
        guard Self.isAccount(account) else {
            throw IDTokenCredentialsError(
                .argumentInvalid,
                "The account \(account.quotedForOperators) to impersonate is neither an e-mail address nor a unique ID; give "
                    + "an address such as login@my-project.iam.gserviceaccount.com."
            )
        }
        self.account = account
        self.origin = "https://iamcredentials.\(universe)"
    }

    /// Reads a target from the URL in a credential file, which is of the method `generateAccessToken`.
    ///
    /// - Returns: Nil if it is not such a URL.
    init?(accessTokenURL url: String) {
        let method = Method.accessToken.rawValue.utf8
        guard url.utf8.count > method.count, url.utf8.suffix(method.count).elementsEqual(method) else { return nil }
        let parts = URLParts(url)
        let path = Array(parts.path.utf8.dropLast(method.count))
        guard path.starts(with: Self.path.utf8) else { return nil }
        let account = String(decoding: path.dropFirst(Self.path.utf8.count), as: UTF8.self)
        guard Self.isAccount(account) else { return nil }
        self.account = account
        self.origin = "\(parts.scheme)://\(parts.authority)"
    }

    /// Whether a name has only characters of an e-mail address or a unique ID.
    static func isAccount(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "@"):
                    true
                default: false
                }
            }
    }
}
