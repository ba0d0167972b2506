//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation

/// A certificate authority that lives as long as the object, in a temporary folder.
package final class TestAuthority: Sendable {
    /// A server's certificate and its key.
    package struct Certificate: Sendable {
        package let certificateFile: String
        package let keyFile: String
    }

    /// When a certificate is valid.
    package enum Validity: Sendable {
        case now
        /// Since 2020, for one day.
        case past
        /// From 2040 on, for one day.
        case future

        fileprivate var options: [String] {
            switch self {
            case .now: ["-days", "2"]
            case .past: ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"]
            case .future: ["-startdate", "20400101000000Z", "-enddate", "20400102000000Z"]
            }
        }
    }

    private static let configuration = """
        [ca]
        default_ca = authority
        [authority]
        database = index.txt
        new_certs_dir = .
        rand_serial = yes
        default_md = sha256
        policy = any
        unique_subject = no
        [any]
        commonName = supplied
        [req]
        distinguished_name = name
        [name]
        """

    let folder: URL
    /// Further extensions of what it issues.
    private let extensions: String

    /// The path of the authority's own certificate (PEM).
    package var certificateFile: String { self.path("authority.pem") }

    /// Makes an authority.
    ///
    /// - Parameter file: A certificate (PEM) whose subject's name the authority takes, or nil for a name of its own. What
    ///   an authority with another's name issues does not say by which key, so that the other is taken for the issuer.
    /// - Throws: ``ServerError``, or Foundation's.
    package init(withNameIn file: String? = nil) throws {
        self.extensions = file == nil ? "" : "authorityKeyIdentifier = none\n"
        self.folder = FileManager.default.temporaryDirectory.appending(path: "authority-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        try Self.configuration.write(to: self.folder.appending(path: "config"), atomically: false, encoding: .utf8)
        try "".write(to: self.folder.appending(path: "index.txt"), atomically: false, encoding: .utf8)
        let subject = try file.map { try OpenSSLTool.subject($0) } ?? "/CN=test authority"
        try OpenSSLTool.run(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "config",
                "-subj", subject, "-days", "2", "-keyout", "authority.key", "-out", "authority.pem",
                "-addext", "basicConstraints=critical,CA:true", "-addext", "keyUsage=critical,keyCertSign",
            ],
            in: self.folder
        )
    }

    deinit {
        try? FileManager.default.removeItem(at: self.folder)
    }

    /// Issues a certificate; one at a time.
    ///
    /// - Parameters:
    ///   - names: The server's names, as `DNS:…` and `IP:…`.
    ///   - validity: When it is valid.
    /// - Returns: The certificate and its key, as files of the authority.
    /// - Throws: ``ServerError``, or Foundation's.
    package func issue(
        names: [String] = ["DNS:localhost", "IP:127.0.0.1"],
        validity: Validity = .now
    ) throws -> Certificate {
        let name = UUID().uuidString
        let extensions = "subjectAltName = \(names.joined(separator: ","))\n\(self.extensions)"
        try extensions.write(to: self.folder.appending(path: "\(name).ext"), atomically: false, encoding: .utf8)
        try OpenSSLTool.run(
            [
                "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "config",
                "-subj", "/CN=server", "-keyout", "\(name).key", "-out", "\(name).csr",
            ],
            in: self.folder
        )
        try OpenSSLTool.run(
            [
                "ca", "-batch", "-notext", "-config", "config", "-cert", "authority.pem", "-keyfile", "authority.key",
                "-in", "\(name).csr", "-out", "\(name).pem", "-extfile", "\(name).ext",
            ] + validity.options,
            in: self.folder
        )
        return Certificate(certificateFile: self.path("\(name).pem"), keyFile: self.path("\(name).key"))
    }

    /// Makes a folder of certificates, as `SSL_CERT_DIR` names one, that contains the authority's own.
    ///
    /// - Returns: The folder's path.
    /// - Throws: ``ServerError``, or Foundation's.
    package func makeCertificateFolder() throws -> String {
        let folder = self.folder.appending(path: "certificates")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        let copy = folder.appending(path: "authority.pem")
        try FileManager.default.copyItem(at: self.folder.appending(path: "authority.pem"), to: copy)
        try OpenSSLTool.run(["rehash", "certificates"], in: self.folder)
        return folder.path(percentEncoded: false)
    }

    private func path(_ name: String) -> String {
        self.folder.appending(path: name).path(percentEncoded: false)
    }
}
