//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import OpenSSLSignature
internal import OpenSSLSigning

extension BuiltInKey {
    /// The key for an algorithm.
    ///
    /// - Throws: ``TestIssuerError`` if OpenSSL rejects the key.
    func keyPair(for algorithm: SignatureAlgorithm) throws(TestIssuerError) -> any SigningKeyPair {
        try Self.keyPair(rsa: self.pem, elliptic: self.ellipticPEM, for: algorithm)
    }

    /// The key for an algorithm that no issuer has, for tokens signed by another issuer.
    static func stranger(for algorithm: SignatureAlgorithm) throws(TestIssuerError) -> any SigningKeyPair {
        try Self.keyPair(rsa: Self.strangerPEM, elliptic: Self.strangerECPEM, for: algorithm)
    }

    private static func keyPair(
        rsa: String,
        elliptic: String,
        for algorithm: SignatureAlgorithm
    ) throws(TestIssuerError) -> any SigningKeyPair {
        do {
            return switch algorithm {
            case .rs256: try RSAKeyPair(privateKeyPEM: Array(rsa.utf8))
            case .es256: try ECKeyPair(privateKeyPEM: Array(elliptic.utf8))
            }
        } catch {
            throw TestIssuerError("The built-in key cannot be read", error)
        }
    }

    private var ellipticPEM: String {
        switch self {
        case .first: Self.firstECPEM
        case .second: Self.secondECPEM
        case .third: Self.thirdECPEM
        }
    }

    private static let firstECPEM = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgMSJLOHLeE+9nv79a
        IGIOuWM9/7ncdGaCoOHaBLRfMe6hRANCAATeVHpz+odj39xxoy1ITmvEhOfyLFJj
        RbpghtQBIYR7oznilLl8/LVuAcnEo5dG5TCn+c+HTtJMmyFnq4NZNd5o
        -----END PRIVATE KEY-----
        """

    private static let secondECPEM = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgeIJv8EVKrK9tSLD2
        ElspU55rSNevz1mZI6+sgpD+wyWhRANCAAQePH3AiNztp0pGObUyuoF2OfIqt+nK
        VQH8IKYH3r4dDB1iRkjHyNDo0umPGWEysZiQh+Y9u3MjTWq06l7Is6O9
        -----END PRIVATE KEY-----
        """

    private static let thirdECPEM = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7vgKtQkdjKwMQFOd
        OV2cEp/QAHj4R+KmIXNL2GKCOUOhRANCAASdTR0QoGaqvSFAEcRFbbOZo41hw10z
        rIgzZP/pCWSNpmNqZFYSdLf/Zasz/NBaoVCpR+g4Jv/Vd6G69K+iQLfl
        -----END PRIVATE KEY-----
        """

    private static let strangerECPEM = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgay897XMkdMRvpTpb
        VA725sD0wAfolaeGgRb3IVBDeJKhRANCAAQZQRfxgtXEbK4b/LN9eX+9jwsu+stQ
        sLZJWr+CPp55B3aSvFl+Z+MBSeqCobI3h6WoGi4D7OOYUXqrPz+vs9VS
        -----END PRIVATE KEY-----
        """
}
