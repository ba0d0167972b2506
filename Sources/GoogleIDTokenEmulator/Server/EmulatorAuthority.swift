//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
internal import IDTokenPlatform
internal import OpenSSLSignature
internal import OpenSSLTLS

/// The certificate authority of an emulator, which is made when it is needed.
final class EmulatorAuthority: Sendable {
    private let hosts: [String]
    private let authority = Lock<TLSCertificateAuthority?>(nil)

    /// - Parameter hosts: The host names of the server.
    init(hosts: [String]) {
        self.hosts = hosts
    }

    /// The authority.
    ///
    /// - Throws: `OpenSSLError` if OpenSSL cannot make it.
    func value() throws(OpenSSLError) -> TLSCertificateAuthority {
        try self.authority.withLock { authority throws(OpenSSLError) in
            if let authority { return authority }
            let now = Int(Date().timeIntervalSince1970)
            let day = 24 * 60 * 60
            let made = try TLSCertificateAuthority(
                name: "Emulator of Google on this machine, for tests",
                hosts: self.hosts.map { "DNS:\($0)" },
                notBefore: now - day,
                notAfter: now + 30 * day
            )
            authority = made
            return made
        }
    }
}
#endif
