//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// A published private key for tests, which need not generate keys and produce the same signatures in every run.
@nonexhaustive
public enum BuiltInKey: Sendable, CaseIterable {
    /// The default key of a ``TestIssuer``.
    case first
    /// A key that may replace the first one.
    case second
    /// A key that may replace the second one.
    case third

    var pem: String {
        switch self {
        case .first: Self.firstPEM
        case .second: Self.secondPEM
        case .third: Self.thirdPEM
        }
    }

    private static let firstPEM = """
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

    private static let secondPEM = """
        -----BEGIN PRIVATE KEY-----
        MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDVc8SlfwgVoYlj
        lw4MfIm65+Zs9D5MaJ8FnI8/ZIEU1qwaCopb+mAVzdbso8IvTMOgrG8C7DTkKG0v
        F135KVoqa1fcvQNLrqMRXCb+DUYZHMJvgtxbzdn+CC42wY3M81MnM6pf1t7EaXK3
        hEct9dXcXu7cX+IUj0o1E/1kd8Y0TrWY4olClq30hdFrs5G9Zn/YZkrXsJYnGFFw
        prjBSR0VmTq4w1lhTY6agM2dAUvx1vmr8PXO4jJ7/KFxezIkJEMSa3m42yCKEHLD
        YUN9j41wuxm+eJoR4GbSj2sEJzOHoro1OuVoH6Ti20Y6R+sCr9VZl1rQ3F1f3T9F
        LH+uQar3AgMBAAECggEAQ3xxOYPy2efzSL37Dp6XazUjqOIGCmFvmbYYoknT9/Mx
        gaBAg3kjRPGKGNJjtFG4bkXmaU2mIVbYwnFIYF0fKVc79cn6z0RdQUFaAKvQtGLf
        5KLCqfHpEMSkW+KRQzHRYg0XOmr0jrPqNbSITrMxlRWcvqdAExEEvMhfrpKh42pF
        ZxQCbisrqVhvP0S/YWmVDNdFA7HQgdo7L+cBvvz475SfSu74SeCStDA/o1fLzouB
        BFyLAB1PjYzZXZZhMWsXH+zVE5Ko2NGTE2lt1xqZ0OyWNopx89JLD05LYzFdpbSN
        FygORZrbS3j/P2Jyeh6uHXTePPBbVx3EI3Qd5gpOwQKBgQDwe0SBaTK8fHtyQi7/
        y+ZkkAwCE/X4QoxaAZy5yyC8j3tg8SKOOK/ZSgO4Ch/QeqFh9Mxw00QcbeTrH7Fj
        aNmEem1udhw9T7S6gpLNHPg9UozoNbrI1/X6fckbWVAgM4FigO7EiVdeX1QRci9Z
        NgVZ28XQZcBr32ONUj/fg49dNwKBgQDjOfqmMAQA1QD+QpRxvpYWIBpDSrI4F6Zf
        6ugyfnRWA/A2lUKSgDuNu3IYwpvPoq61BEk3G6ARKgpoMBMseh3Fp4RPnY66qS7O
        BDlfXz6/bEoW1WbZ49FFILZ9BCaTPo5daOGUm+2k5SQGPfvx5SnuysJK1hIWPVGk
        vSJQ1X0AQQKBgBnsn/j3d0G8ha5OljR7La4fnTvIHRcTTYASdmvNCw1oxlswA5Kj
        Z8mb4gTACqf14FnoAvYSwF/0NN5n/z6BOhm+/PcQgoDVi90jYGH+QoCR2qDZ0fX+
        2gST9M8e9LVT+Bm/Xn4PdDy3OB/dWF9cpH0IZS3PGkxGu7urZzlYPGdHAoGBAMrS
        O9sPTON5PZO21k3ZMpq5OPgLupy673T6dxxrJ2iHx2jRPkUKVR4jzKoxO2bQ7WUC
        WF/qNqxbfEKXduXicqS07DMsjfQrg22884EfwSCYhmFvRokDAw7TLlDU3aHc2rKi
        JYjCzhK7vbYcqcC3LwDI1zh5cFeNkEydzf2dMiCBAoGBALvpNQSpvnv8UNfjsE3D
        5EF6yoXPWWTQndzlG0wtm3umLy/q/nZCceUOF3T6U9yfrQsr2n8sEowPT1Ymbl3Q
        WFBMUeDZ9GgbnI09NWQZrWvXfSkuCpDMegUm5QFMzHDY4Zqo/ZELxhXqwqFGATmq
        zdcgi01yfrnYjhtS5YD+VCoj
        -----END PRIVATE KEY-----
        """

    private static let thirdPEM = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC89B+5n34OfTTR
        8EKcECRow9eZM80fmvGrjqcDxbc4i8u/lC2Q5Z3EcZUwwNNIUt7nr7PIousIv0d+
        bcnGGV6GeWPgEuGGz7/yg0c3j7cnYFBPFCheH4tsVWSrO8c1ryxvVFmZ7bkzFuE+
        FynX5umH8NoeZm/Pv5mbfAXTW2lmx8HduSxL6qlIy+XmEQC1bRXveqmyVcPquaO5
        /woeXubKU/NEAg+s8B5lToAxRylzq6C8LyXn5Nz+FCQ1TiGDZia01pwEyw0L82BE
        QfETiiF8oJP+w0waZLWZWUcFX3B7tVkDBt56M1VlDb1Rz1sqmf/QvrKG+5sLrjiN
        KwnJo7KTAgMBAAECggEALQjyVseQv9tPr4nYFmIyi1XCGR2jkhjX6M/DNr71AGEx
        WqPyiEpx49Q+frQ2p1I5FndmHjfWVOtiGtwH71M0mFBuYYWegwcY9LAdVTzHpnbq
        LS7cwDI8hMGFkNpajI0HxjEQegOS1H5riOT0cCT1HBVnpz86/wTnk4tnyAxNftVM
        PwFKpjBbTaMUvhkG1S5z5bqmQqJY5EXgZQ0GMFBh7ZDsk9YwkKhem/1HjEoma/5+
        u18tERYcDiSq9Goi+2SK95nziJxRiHbne5Cw2mPiIOU16R4wL67dCOPZ+6fqNQmb
        BbdxWh4VMpn/j6PNh0Ps63NHqk8N4JckiwLSfZmkoQKBgQDv584wJNwE9M8lDDkA
        G1x9i5vNhbiQ5/9I/Vu2ef60YbtfPnfzGEJBVc8OxcH2MbcgS77RuhKYRRoqTvy+
        9vkbhfRAEOYEMtl+ujbZJfzkMdubbx24PQiM0ZbrO3S9Hw3eHrVS562F2q8pAWDG
        r/LktZIcNgSFjdhT5qXGw9gI/wKBgQDJoUI21abXO7ExU9D49gUrsZRSawOsLryj
        U3Ya2Qqbugld2+5XeEcVClIVz6neISlcjIgNoqhLE9ObetoljjQqx3xd4J+TGEp1
        qFProGELpxWgJvNfUqgxkakBp+1boY7Dmw0NrWkK270kgz/Az5c88ZuW8iAN08OV
        ja9TJIoibQKBgHp/qtD6gT4mov8P1qsvTXLtroirFysmyzvB4uqyMFR68uoXQ7hl
        Uq952Vh5sii8Cf37r1v33zbRUiL4YiZAhcKAC9AK0Oij7lq/SvJma1M6AiDEBDDn
        OU5uVtmWam2HRdV9aKkEk54dpAMUKQ5LGYOfExREoNpxK1zsEQoFRnKRAoGATqP3
        qF1yQjZE6QFQ2xlRcPZE7FRSzWA5MNaHlPccHRrVNmdmMXV2++zXkSw6i6mRcUha
        dD8Btq6X9OdYmBc7n4fIqPDILF3oBLXPbXJTB3F2jM1EVORvN04hhcTSXc/IV+Bs
        me4Nry9/OPN79R7CVQHC9n+fIuV6PiVRwXLZ8Y0CgYEApJHfzhfMAnhsYmzW9P21
        Z1V7B87Zh7/7fsuylq/WuWY0xAAhJXjelV+/6eqvcjLLNfOH/K7zn+L/h2U37e3n
        +M80RCCV8F4J4+hQada0vvCO/TBhVeJ+PEbQeVXyu8JFu7CaddOKY5mucBFrG2v1
        YRuD7hCTXcctA9Ol1G62h9o=
        -----END PRIVATE KEY-----
        """

    /// A key that no ``TestIssuer`` has, for tokens signed by another issuer.
    static let strangerPEM = """
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
