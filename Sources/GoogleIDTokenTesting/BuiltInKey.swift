//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Two private keys that everybody knows, so that tests need not wait for fresh ones and sign the same in every run.
enum BuiltInKey {
    /// The key of a ``TestIssuer`` that is not asked for a fresh one.
    static let issuer = """
        -----BEGIN PRIVATE KEY-----
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCkHkLmtfDRdwsT
        mipEP6riNx3eNJDP9mT1n/p9iUYsZtcT8eb/jp07a7EufRnmcflW5qrpXmZIIADE
        KsEL6Y5Vp2IXXPJt0Ed2sgPuBZEMrfasu78PH1Dz9nP4Nxmcagd3rZfxKMHQyYW7
        MEJAMW1axJaL5tC5ikLjdlov6Ws7HbH3dqzzqioF5jwmtoc+SQZA9j17Ir91sTIO
        Q3IkyZ5DAsuHz1eFjv8ZENSxCbCtdSYzPTsQou+wvdziajEPTV03Vzq4jdlDVui2
        MRBP8TuTY4e8yk2CxwdMskS+FaMlUfNeF8ZYd55oGqM+R8UM24RLwgFSogVXuW6K
        tK03yW/pAgMBAAECggEAEN+8pLB1uW+qL6KE8H30Uax1kXRppDwy7q87Z79eu+95
        8ybGx6VP5L1imwNJT7CNwKHYVkS6svU5ZvH3ZcRmekeKthi8I07MHjfY4Bbp7joP
        t/xYvVMMtXy0OUPfCf471NIAIo88eD1UFuY0FZoPYor+aJV7hewhivYO+UigWhQ+
        GtC1J31Ulx4iRGcfyjfx6WyDK6Ajaw8R2FE58gRFXAULDMGqdpdUbP89lHs+3ijx
        z7kOGRr6tbLvOh5E+1LPCioSjvvGkuUPgmkct7d9eDri5CdYFpkl+iiR90MdS/W7
        xp2oXkYbwVzRVxB1TrpGRCOXp7qogBk6S7fa8MP64QKBgQDVGVNJzMJ9Dh6TRWiE
        IXWvXmbstTxhQOcN2YnT+tIcnFZX+rLSB3/iXMR7D+/aHCqiUMy31/dhUe3OCbLf
        rdWkzqKl6NNYfAD6PQf1OXjbmx3NnPlOV9TDzrQk84hcxBRgTmET2ozkCLCjLdxf
        6NKuzqxm9f312GJD4iMQHJE3GQKBgQDFKJJh3LxN/8wXEx3P2SmJ1luV84uL2w2G
        JO/I1ro9TUNVjfoe7E9zfzqr36lXA0Y9/eTSlKfNTCTGCtF4vKqC7TyHBKhjXcd0
        mImSgNl+l7FJlxytX3/Wk4XbCC5xyt3myFkdKDx3gf5Z/u6MbU7++q6YZw7KXuCK
        WmAaoKQpUQKBgBqZEqA/gncBcCeJnkX/tySwb8BTzrmE1FISOPXQdLFFgjFxBSjZ
        7sheM9f4YUOkCF5CH4tC1Ym8JCZ3Z3ArzmLHt91ldhuxPp39SCT/i2o9rjafxS5W
        ICRghHOoQfjyMGjk35EO0k8UFpgHfV4rPUC8YyBmy9AHthwq+Z1lM2rhAoGBAIG5
        JT+wzlF/+lhAYsAsgfFIknBCk9HMqsRVr1P1PQsyuBgl16nbEJfM4dzOyAwRgnkt
        gg6wcwxYimWoHpWThZmp4MZx4R2oSaFE8Fft4a0ywBrMi7jjeijEXjF026JRudms
        fz35CHgVlza9z1WkYnLQnGp4fLnY3WMK/ernQbxRAoGBANP1DvrL92IxGrgEg8Jj
        79e/FNCzUhnnAxa48IZvwayOj1m+0Bgivy1IXm5Eg4Bn4MH6GChqZHuljDk8fJz9
        +XfXvBXUYxY4bljO1TQhoBz1sUWExkEw2m0ZE4Ff765ns5noQn+2/tFrE4cUWCl+
        ucxTU4PnSUjs1tgbyWhdWkO5
        -----END PRIVATE KEY-----
        """

    /// A key that no ``TestIssuer`` has, for tokens that somebody else signed.
    static let stranger = """
        -----BEGIN PRIVATE KEY-----
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQC0iSslz8/L4CM5
        IUXPAlRMwjM2MLDIDHREtuGpHko4wPofGT6Nj5ixZE76IpUZFSpb88htM3AYbJHG
        eXGRSSulGdZhfoZFZJYfo9TbCZGqd30qJflGxZLAC8Xn6HSUkHfN6bIK7vIe6WS8
        yigfNlaMAhGacTcj1CSTDAWJ1ZqCMjeK5dGCFYUqQY6OnTXdm3sUQtPqTK9h8jkH
        LJFg8hl0xWPfHmfFrCHQZeSsGDSIMO99TY6lpcuGIG/h6nYG+vYUj8lXoqWzTND5
        nJkXG8aA2cXVS/PZtOcG+NoLS9qoafsHzup/T4VuIXLXBRUuK41koyUklZpR4QgJ
        YzJwQr67AgMBAAECggEAOkqJ0HkjXnAd313jZN4bKvePQoGBKu5+ggtMnGbnzyBc
        AjuL63hAdJJvP6t32bPwS+VQQxYXLQOtI9jlduQZwAKyKiOIphI+uLOU0C5sRo6z
        Lq85KAU2B2UlvuXa8ncc/7Ljpk0Vhy6TtLNPNhi85BLs7SF+DMb8EjCQ/zqlW0Dh
        uTD1JTwnuBqDnKp9/n25bIqJz1YNl/FIAHriNxw898ZyJl1cwf1WMaKQYpJPJbbI
        TovIlcwf0dvt0tglDsHZyDJX1kOQ6gS50Tzd7hKuKCBOsJePNPbJTM+lMbnHIxz6
        m1CnmNQx2FR/S0jmEUsGAECQzPIywaw7XpCEnLcJOQKBgQDcIcbw3KSDuIQZ1FBU
        T1WJMMnQgU2KiI8feuXHgGhh5Suo37N3N2F6nHUs0XNJQIrQ0cPirxzw/DRAyxIl
        FWee1Sn6qxG14T7IEqSGyBaVXnE14PCzRBT0RDy9jHUEYbqaK5CqpP2xtxfAeZTF
        jqhpBzMVvPD4b1vueDEW6LD4+QKBgQDR875WXRd4A4fH0JDBSmHw0htBafpuv/uY
        jke2MyNAgRV87NQ4nQaeJE56P9XwBBahjfN0hdz+ciQUojVbbYI6Slzu2n9YGSva
        MTZZnXZj5/OHQ2hsZB6r+VoZZNW5xLoQdZzQigigOb2cX5oX4p5s8ZVI/cLkoZJm
        sDwLPim2UwKBgHDNQjOE7SyubcsKmAtMCAngHVqiF8kIh0bbZEniDBs2IzRLRZyu
        nV4GNKk9vzTnRPsSsq1DjLIUmvYk2Wx1Vn72vqc76DxqaxB9NR/4AlKSbbLtTIqg
        NZiiKvn6srAHIGcGMgCvwWzC5QH1i33cx4HidZQLGPRFpDdEEeuqW52JAoGBAL7s
        RcFpxGbJ5xbo7kon5yrFFi4FPsyp3xTbBhGFLWCCQlUpVM/q09LJt2fqVxV90kq1
        uJfVB6OHjpII9DahPhTd/ObkYXtu4Hb526/gxoGRs97kiLhQz6eaCLog/U6CvKUt
        Hx5w9+kkuO3T7mAcH+94PUZ0JWAeIfEqAGBE9k+rAoGBALf9rkg9ZCjt9dJklOHu
        r9scZsQRdsKYHr53wE0XNBNbmNxdU22qUjTgeigksOG3hvAJNgMSadNgvnFidfkS
        dutiJsrg9Bb9BVdwgBuj7PQuA680nkv2/mUfpgkzcurksYs2UcX6WOSdCRZLrl4U
        i6YJM/1s41LaXkiba9E6+19p
        -----END PRIVATE KEY-----
        """
}
