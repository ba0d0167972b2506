//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
public import GoogleIDToken

extension GoogleEmulator {
    /// The URL of the key document as a JWK set.
    public var keysURL: String { "\(self.url)/oauth2/v3/certs" }

    /// The URL of the key document as key IDs with certificates.
    public var certificatesURL: String { "\(self.url)/oauth2/v1/certs" }

    /// The source of keys for a verifier, which fetches them from the emulator.
    public var keys: KeySource { .remote(self.keysURL) }

    /// The host and port of the metadata server, such as `127.0.0.1:40123`.
    public var metadataHost: String { String(self.url.dropFirst("http://".count)) }

    /// The environment variables with which a process uses the emulator instead of Google's metadata server.
    ///
    /// Google's client libraries read them when they start; a process that runs already does not see them.
    public var environment: [String: String] {
        Dictionary(uniqueKeysWithValues: ClientVariable.all(of: self).map { ($0.name, $0.value) })
    }

    /// The environment variables with which a process uses the emulator as its proxy, also for Google's hosts with TLS.
    ///
    /// Clients whose URLs of Google cannot be changed reach the emulator through it. It opens tunnels to Google's token endpoints
    /// only; requests to the loopback interface do not go through it. The variables are those that curl, Go, Python and Ruby
    /// read; other clients have settings of their own.
    ///
    /// - Parameter files: The files of the emulator, with the certificate of its certificate authority.
    /// - Returns: The variables.
    public func proxyEnvironment(with files: CredentialFiles) -> [String: String] {
        let authority = files.certificateAuthority
        return [
            "http_proxy": self.url, "https_proxy": self.url, "HTTPS_PROXY": self.url,
            "no_proxy": "127.0.0.1,localhost,::1", "NO_PROXY": "127.0.0.1,localhost,::1",
            "CURL_CA_BUNDLE": authority, "REQUESTS_CA_BUNDLE": authority, "SSL_CERT_FILE": authority,
        ]
    }

    /// Writes files with which Google's client libraries get tokens from the emulator.
    ///
    /// - Parameter folder: The path of a folder; it is made if it does not exist.
    /// - Returns: The paths of the files.
    /// - Throws: ``EmulatorError`` with the code `filesUnwritable`.
    public func writeCredentialFiles(to folder: String) throws(EmulatorError) -> CredentialFiles {
        try CredentialFiles(in: folder, of: self.standIn, url: self.url)
    }
}

/// An environment variable that makes clients use an emulator.
package struct ClientVariable: Sendable {
    package let name: String
    package let value: String
    /// Who reads it, and why; nil if the reason is that of the variable before it.
    package let purpose: String?

    package static func all(of emulator: GoogleEmulator) -> [ClientVariable] {
        let host = emulator.metadataHost
        return [
            ClientVariable(
                name: "GCE_METADATA_HOST",
                value: host,
                purpose: "Metadata server, for Go, Java, Node.js and Python"
            ),
            ClientVariable(
                name: "GCE_METADATA_IP",
                value: host,
                purpose: "Python also looks for the metadata server by its IP address"
            ),
            ClientVariable(
                name: "GCE_METADATA_ROOT",
                value: host,
                purpose: "The Google Cloud CLI reads the older name"
            ),
            ClientVariable(
                name: "CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS",
                value: "\(emulator.url)/",
                purpose: "The Google Cloud CLI impersonates service accounts through this URL"
            ),
            ClientVariable(
                name: "K_SERVICE",
                value: "emulator",
                purpose: "Newer Ruby asks for a token only on Cloud Run"
            ),
            ClientVariable(name: "K_REVISION", value: "emulator-00001", purpose: nil),
            ClientVariable(name: "K_CONFIGURATION", value: "emulator", purpose: nil),
            ClientVariable(
                name: "METADATA_SERVER_DETECTION",
                value: "assume-present",
                purpose: "Node.js otherwise searches for a long time, and then assumes that there is no metadata server"
            ),
        ]
    }
}
#endif
