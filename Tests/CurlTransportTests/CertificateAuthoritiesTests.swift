//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Testing

@testable internal import CurlTransport

@Suite("Transport: words about certificate authorities")
struct CertificateAuthoritiesTests {
    @Test("without authorities of the system, the error names the package and the variable, in full")
    func missing() {
        // libcurl's longest words for this failure, so that nothing is cut off.
        let words = "error adding trust anchors from file: /etc/ssl/certs/ca-certificates.crt"
        let error = CertificateAuthorities.system(bundle: nil, folders: nil).whyUnusable(words)
        #expect(error.kind == .tlsRefused)
        #expect(
            error.description
                == "TLS failed: the certificate authorities of the system are missing (\(words)); install the package "
                + "ca-certificates, or name a PEM file of authorities in SSL_CERT_FILE"
        )
    }

    @Test("an application's own file is named as its own")
    func file() {
        let authorities = CertificateAuthorities.file("/a.pem")
        #expect(authorities.whyUnusable("").description.contains("the certificate authority file cannot be used"))
        #expect(authorities.whyUntrusted("").description.hasSuffix("is in the certificate authority file"))
    }
}
