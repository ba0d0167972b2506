// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "swift-google-id-token",
    products: [
        .library(name: "GoogleIDToken", targets: ["GoogleIDToken"]),
        .library(name: "GoogleIDTokenTesting", targets: ["GoogleIDTokenTesting"]),
        .executable(name: "idtoken", targets: ["idtoken"]),
    ],
    traits: [
        .trait(name: "CommandLine", description: "The command `idtoken`, on swift-argument-parser and FlyingFox.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .target(name: "POSIXFile"),
        .target(name: "POSIXLock"),
        .target(name: "CurlTransport", dependencies: ["CCurl", "POSIXLock"]),
        .target(name: "OpenSSLSignature", dependencies: ["COpenSSL", "POSIXLock"]),
        .target(name: "OpenSSLSigning", dependencies: ["COpenSSL", "OpenSSLSignature"]),
        .target(
            name: "GoogleIDToken",
            dependencies: ["CurlTransport", "OpenSSLSignature", "POSIXFile", "POSIXLock"]
        ),
        .target(
            name: "GoogleIDTokenTesting",
            dependencies: ["GoogleIDToken", "OpenSSLSignature", "OpenSSLSigning", "POSIXFile", "POSIXLock"]
        ),
        .executableTarget(
            name: "idtoken",
            dependencies: [
                "CurlTransport",
                "GoogleIDToken",
                "GoogleIDTokenTesting",
                "OpenSSLSignature",
                "OpenSSLSigning",
                "POSIXFile",
                "POSIXLock",
                .product(
                    name: "ArgumentParser",
                    package: "swift-argument-parser",
                    condition: .when(traits: ["CommandLine"])
                ),
                .product(name: "FlyingFox", package: "FlyingFox", condition: .when(traits: ["CommandLine"])),
                .product(name: "FlyingSocks", package: "FlyingFox", condition: .when(traits: ["CommandLine"])),
            ]
        ),
        .target(
            name: "TestSupport",
            dependencies: ["GoogleIDToken", "OpenSSLSignature", "OpenSSLSigning"],
            path: "Tests/TestSupport"
        ),
        .target(name: "LoopbackServer", dependencies: ["POSIXLock"], path: "Tests/LoopbackServer"),
        .testTarget(name: "POSIXFileTests", dependencies: ["POSIXFile"]),
        .testTarget(name: "POSIXLockTests", dependencies: ["POSIXLock"]),
        .testTarget(name: "CurlTransportTests", dependencies: ["CurlTransport", "LoopbackServer"]),
        .testTarget(
            name: "OpenSSLSignatureTests",
            dependencies: ["COpenSSL", "OpenSSLSignature", "OpenSSLSigning", "TestSupport"]
        ),
        .testTarget(
            name: "GoogleIDTokenTests",
            dependencies: [
                "CurlTransport", "GoogleIDToken", "GoogleIDTokenTesting", "LoopbackServer", "OpenSSLSigning",
                "POSIXLock",
                "TestSupport",
            ]
        ),
        .testTarget(name: "GoogleIDTokenTestingTests", dependencies: ["GoogleIDToken", "GoogleIDTokenTesting"]),
        .testTarget(
            name: "idtokenTests",
            dependencies: ["GoogleIDToken", "GoogleIDTokenTesting", "OpenSSLSigning", "idtoken"]
        ),
        .testTarget(name: "PublicAPITests", dependencies: ["GoogleIDToken", "TestSupport"]),
    ]
)

for target in package.targets where ![.system, .plugin, .binary].contains(target.type) {
    target.swiftSettings = [
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
    ]
}
