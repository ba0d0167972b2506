//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if canImport(Darwin)
private import Darwin
#elseif canImport(Musl)
private import Musl
#else
private import Glibc
#endif

/// The certificate authorities that may vouch for a server.
enum CertificateAuthorities: Sendable {
    /// An environment variable that is not empty.
    struct Variable: Sendable {
        let name: String
        let value: String

        /// Reads a variable.
        ///
        /// - Returns: The variable, or nil if it is unset or empty.
        init?(_ name: String) {
            guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
            self.name = name
            self.value = unsafe String(cString: value)
        }
    }

    /// Those of one PEM file, and no others.
    case file(String)
    /// The system's, where variables of the environment may name another bundle, and other folders.
    ///
    /// What no variable replaces stays the system's, as with curl's command line tool and OpenSSL.
    case system(bundle: Variable?, folders: Variable?)

    /// Reads the variables in the order of curl's command line tool: `CURL_CA_BUNDLE` alone, or else `SSL_CERT_DIR` and
    /// `SSL_CERT_FILE`.
    static func ofEnvironment() -> CertificateAuthorities {
        if let bundle = Variable("CURL_CA_BUNDLE") { return .system(bundle: bundle, folders: nil) }
        return .system(bundle: Variable("SSL_CERT_FILE"), folders: Variable("SSL_CERT_DIR"))
    }

    /// Checks that the files exist, without reading them.
    ///
    /// - Throws: ``TransportError`` that names the file, and the variable if there is one.
    func check() throws(TransportError) {
        switch self {
        case .file(let path):
            guard Self.isReadable(path) else {
                throw TransportError(
                    .certificateAuthoritiesUnreadable,
                    "the certificate authority file \(path) cannot be read; check that it exists and may be read"
                )
            }
        case .system(let bundle, let folders):
            if let bundle, !Self.isReadable(bundle.value) || Self.isFolder(bundle.value) {
                throw TransportError(
                    .certificateAuthoritiesUnreadable,
                    "the environment variable \(bundle.name) names the file \(bundle.value), which cannot be read; "
                        + "name a PEM file of certificate authorities, or unset the variable"
                )
            }
            // OpenSSL ignores folders that do not exist, as long as the authorities are in another one.
            if let folders, !Self.split(folders.value).contains(where: Self.isFolder) {
                throw TransportError(
                    .certificateAuthoritiesUnreadable,
                    "the environment variable \(folders.name) names the folder \(folders.value), which cannot be read; "
                        + "name a folder of certificate authorities, or unset the variable"
                )
            }
        }
    }

    /// Describes why libcurl cannot read the authorities.
    ///
    /// - Parameter words: libcurl's words, which name the file.
    /// - Returns: The error, with the cause and the remedy.
    func whyUnusable(_ words: String) -> TransportError {
        let (cause, remedy) =
            switch self {
            case .file:
                ("the certificate authority file cannot be used", "give a PEM file of certificate authorities")
            case .system(let bundle?, _):
                (
                    "the file that the environment variable \(bundle.name) names cannot be used",
                    "name a PEM file of certificate authorities, or unset the variable"
                )
            case .system:
                (
                    "the certificate authorities of the system are missing",
                    "install the package ca-certificates, or name a PEM file of authorities in SSL_CERT_FILE"
                )
            }
        return TransportError(.tlsRefused, "TLS failed: \(cause) (\(words)); \(remedy)")
    }

    /// Describes that no authority vouches for a server.
    ///
    /// - Parameter words: libcurl's words.
    /// - Returns: The error, with the remedy.
    func whyUntrusted(_ words: String) -> TransportError {
        let remedy =
            switch self {
            case .file: "check that the server's authority is in the certificate authority file"
            case .system(nil, nil):
                "if the authority is your own, or a proxy inspects TLS, name a PEM file with its certificate in "
                    + "SSL_CERT_FILE"
            case .system(let variable?, _), .system(nil, let variable?):
                "check that the server's authority is in what the environment variable \(variable.name) names"
            }
        return TransportError(.tlsRefused, "TLS failed: \(words); \(remedy)")
    }

    private static func isReadable(_ path: String) -> Bool {
        unsafe access(path, R_OK) == 0
    }

    private static func isFolder(_ path: String) -> Bool {
        unsafe access("\(path)/.", R_OK | X_OK) == 0
    }

    /// Splits a list of folders as OpenSSL does.
    private static func split(_ list: String) -> [String] {
        list.utf8.split(separator: UInt8(ascii: ":")).map { String(Substring($0)) }
    }
}
