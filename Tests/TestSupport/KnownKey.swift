//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Keys, certificates and signatures that the command `openssl` made once.
package enum KnownKey {
    /// What the signatures here are over.
    package static let message = Array("message".utf8)

    /// A self-signed certificate of an RSA key of 2048 bits.
    package static let rsaCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIDATCCAemgAwIBAgIUV0pvvjN9GH+3Em8H+ddTZkvRdI4wDQYJKoZIhvcNAQEL
        BQAwDzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjMyMTE1MTdaGA8yMTI2MTAzMDIx
        MTUxN1owDzENMAsGA1UEAwwEdGVzdDCCASIwDQYJKoZIhvcNAQEBBQADggEPADCC
        AQoCggEBAIjJY2KXyU4gEdPzNqrO27/54I+x1Rv21HP+AKrMBRw8jGEFM2Jz1qWO
        oj5vxoMhA4emtK3gvbtyi/WBWhTUF8RNzBheajQnCzI/kTwrGvxJ35pQAcsN0AAT
        cgU77V63FCPRT9WZ099080UBfwSJBkSJ7k6Q0L7W6/kHV04vO8F+StLflEBgOvOD
        2UtVscDXiij1XIaJBWZYgUJuBHVKntR4ZAgjiydVzTdnOGBMpJhJYoufo0IV8VBC
        iLLb3klgleQLcFLn1aFzpqMmjlnpBMrjmlLaUOdJ5PlWHOKyWo2ahVMUlF7kMX+s
        4KtIC+bNBEKk/owinw+/fIQHpbZJUs8CAwEAAaNTMFEwHQYDVR0OBBYEFFcrcVjx
        u14/40bPhFFJEhvDx2GNMB8GA1UdIwQYMBaAFFcrcVjxu14/40bPhFFJEhvDx2GN
        MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAC+PLyYhPYXHxvDe
        zjA2fd1Qj2hFVtc33AN4pCFJt13ves/fQtasQjolfwj3+TpAVVjtno3Wt33fKIC/
        CymXzISitiSmcYRFrxKU0+rIJfxNzA388cz3NjoVLouv7eEy1YgFmRnqGMkJkR8T
        j89IeXz+e8X1SzotG1sQAbhApveNZc5c+vEIxZZbty6rUuYjckCViKJ/TnufUDjO
        p1Yb3tFVN8dygmibWfPf9y3cgf2TxZQQy4Ub76EyquvC0Rl2rmYeZw9e6esxiewk
        /6nvoLGQ7fgG1KApo8tqPl5nVSPRQOkV3kxXyTic/GISDjSvc60gqKik23eLyNmC
        wu+EbcE=
        -----END CERTIFICATE-----
        """

    /// A signature over ``message`` by the key of ``rsaCertificate``.
    package static let rsaCertificateSignature = Self.bytes(
        """
        353a127fe5780427da7e7754a60dd77edc968d2785dab8adfb3922ff5c02ebdd5bced652360d23e9e4d7906321a00347
        905c8fa5032d88b43e031fc31aebb9406818de6bb6abdc7e8eaf3667c9ac11fd4768c2d907d50347ee5ab4dfbbd65873
        dce3aa18fb84133ea38efbfb95e921954535b8f9385bb3583d9692d1eca0fedcb510ecd316a7dce6a079b223755ac4b4
        62090ac3ec891cb1089c38eb4717b1cb0dbdf5c701b5249e33a304f1e571912150e37c5dd76a6864e512b73c37d396c2
        9748c4a029fd401031cf0a54d3f76a0b675fc00a93e356cf927850a1a12a4cf3398474bcd7921d28372d79c8c795c21e
        9359dd66b1a6a1f7360cebe0a9219a21
        """
    )

    /// A self-signed certificate of a key on the curve P-256.
    package static let ecCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIBdjCCARugAwIBAgIUV/lX7I6DLiGEY9Wj5LMxve3MHrQwCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjMyMTE1MTdaGA8yMTI2MTAzMDIxMTUx
        N1owDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKTQ
        cvYOaYg6YR719gvIn0LB29uoV9rTsP0znoC7zrvsw+iY3vX55IEYPbWq1pJ2U+Oa
        jQDnEs4kA0+dzkAPxIujUzBRMB0GA1UdDgQWBBSuntN2HoejD+abWh9YmgXH0x6W
        WjAfBgNVHSMEGDAWgBSuntN2HoejD+abWh9YmgXH0x6WWjAPBgNVHRMBAf8EBTAD
        AQH/MAoGCCqGSM49BAMCA0kAMEYCIQCuCsto7evsgfP1L2mpMVAX/MEpk41IwrLh
        s4MdKDLg+AIhAJxLgXSA+6dTEUy1reNvGbRCD/51kX0m392/RRiM3eQo
        -----END CERTIFICATE-----
        """

    /// The modulus of a key whose public exponent is 3.
    package static let exponent3Modulus = Self.bytes(
        """
        ebb78642c8cceadde16e19f657652213903f7af3449b8517fbababaafed9b8cc592df458e523baa4b9f51aeccf47866a
        dff4a39e73ede2b03c4304210431dac14e616c6b3ac1e06f224cc5fb3b7d6695fa5b24bc6d0a7fa5adeb746e319081a3
        ac2a5f25a21059b19584af2c371b394ffba0bf524b3f2fcfdb85a47744792fbe4068627443e78240a4a947830b7dfbfc
        a674224da07a01af702cfae77e55254e4f3995237808b3a3ff93ce9e0533698fa5a290b031b429641c66e636c5bdf87e
        eca9456a92984c750af970b1e2f8b7945dd06e43c6db312db6f0c5cc5c09ad46fa03bb2766b26193ac4a6ff0e15ca7b2
        57e5df16da36f3949a48103d4507b9f7
        """
    )

    /// A signature over ``message`` by the key whose public exponent is 3.
    package static let exponent3Signature = Self.bytes(
        """
        082dbc08aa6200d9f04ac08335f15a9076eaf082764ec2d74de5ea78e497dc1459c13e64cd9e3db1beb466c09604f4cd
        c2a9d3dc1f30188e0e807f54361838119637ba95dfc542330b3539096d526902be4c5356d4215b82f22d5d20fdadda9a
        50a71ad237a52a831124e03b531e657d1d9d9d37717e3aeb0666cd13894700e2f04bf8305423ae8d75a60908d9664181
        af88a184b12079f839ad0213d1202738ad3155bf08f514de2b694b66a3195d6281f3bc15ac4781998fd4c156c885e07f
        449d66d28d2f6f2115b6ab190c001f566245960a70d72818151e5388580072395f645dafcd61f583d3488521b4b8ac39
        1b3f6d7c118dbf53d728bb2a90f61fab
        """
    )

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
