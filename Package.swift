// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "swift-google-id-token",
    products: [
        .library(name: "GoogleIDToken", targets: ["GoogleIDToken"]),
        .library(name: "GoogleIDTokenCredentials", targets: ["GoogleIDTokenCredentials"]),
        .library(name: "GoogleIDTokenEmulator", targets: ["GoogleIDTokenEmulator"]),
        .library(name: "GoogleIDTokenGRPC", targets: ["GoogleIDTokenGRPC"]),
        .library(name: "GoogleIDTokenHummingbird", targets: ["GoogleIDTokenHummingbird"]),
        .library(name: "GoogleIDTokenObservability", targets: ["GoogleIDTokenObservability"]),
        .library(name: "GoogleIDTokenTesting", targets: ["GoogleIDTokenTesting"]),
        .executable(name: "idtoken", targets: ["idtoken"]),
    ],
    traits: [
        .trait(
            name: "CommandLine",
            description: "The command `idtoken`, on swift-argument-parser; it includes the emulator.",
            enabledTraits: ["Emulator"]
        ),
        .trait(name: "Emulator", description: "An emulator of Google for tests, on swift-nio."),
        .trait(name: "GRPC", description: "A server interceptor for grpc-swift-2."),
        .trait(name: "Hummingbird", description: "Middleware for Hummingbird 2."),
        .trait(name: "Observability", description: "swift-log, swift-metrics and swift-service-lifecycle."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2", traits: []),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "COpenSSLTLS",
            pkgConfig: "libssl",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .target(name: "IDTokenBytes"),
        .target(name: "IDTokenPlatform"),
        .target(name: "CurlTransport", dependencies: ["CCurl", "IDTokenBytes", "IDTokenPlatform"]),
        .target(name: "OpenSSLSignature", dependencies: ["COpenSSL", "IDTokenPlatform"]),
        .target(name: "OpenSSLSigning", dependencies: ["COpenSSL", "IDTokenBytes", "OpenSSLSignature"]),
        .target(name: "OpenSSLTLS", dependencies: ["COpenSSLTLS", "OpenSSLSignature"]),
        .target(
            name: "GoogleIDToken",
            dependencies: ["CurlTransport", "IDTokenBytes", "IDTokenPlatform", "OpenSSLSignature"]
        ),
        .target(
            name: "GoogleIDTokenCredentials",
            dependencies: [
                "CurlTransport", "GoogleIDToken", "IDTokenBytes", "IDTokenPlatform", "OpenSSLSignature",
                "OpenSSLSigning",
            ]
        ),
        .target(
            name: "GoogleIDTokenGRPC",
            dependencies: [
                "GoogleIDToken",
                .product(name: "GRPCCore", package: "grpc-swift-2", condition: .when(traits: ["GRPC"])),
            ]
        ),
        .target(
            name: "GoogleIDTokenHummingbird",
            dependencies: [
                "GoogleIDToken",
                .product(name: "HTTPTypes", package: "swift-http-types", condition: .when(traits: ["Hummingbird"])),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Hummingbird"])),
            ]
        ),
        .target(
            name: "GoogleIDTokenObservability",
            dependencies: [
                "GoogleIDToken", "IDTokenPlatform",
                .product(name: "CoreMetrics", package: "swift-metrics", condition: .when(traits: ["Observability"])),
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Observability"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Observability"])
                ),
            ]
        ),
        .target(
            name: "GoogleIDTokenTesting",
            dependencies: ["GoogleIDToken", "IDTokenPlatform", "OpenSSLSignature", "OpenSSLSigning"]
        ),
        .target(
            name: "GoogleIDTokenEmulator",
            dependencies: [
                "GoogleIDToken", "GoogleIDTokenTesting", "IDTokenBytes", "IDTokenPlatform", "OpenSSLSignature",
                "OpenSSLSigning", "OpenSSLTLS",
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Emulator"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Emulator"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Emulator"])),
            ]
        ),
        .executableTarget(
            name: "idtoken",
            dependencies: [
                "CurlTransport",
                "GoogleIDToken",
                "GoogleIDTokenCredentials",
                "GoogleIDTokenEmulator",
                "GoogleIDTokenTesting",
                "IDTokenBytes",
                "IDTokenPlatform",
                "OpenSSLSignature",
                "OpenSSLSigning",
                .product(
                    name: "ArgumentParser",
                    package: "swift-argument-parser",
                    condition: .when(traits: ["CommandLine"])
                ),
            ]
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                "GoogleIDToken", "GoogleIDTokenTesting", "IDTokenPlatform", "OpenSSLSignature", "OpenSSLSigning",
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                .product(name: "HummingbirdCore", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Hummingbird"])),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Hummingbird"])),
            ],
            path: "Tests/TestSupport"
        ),
        .testTarget(name: "IDTokenBytesTests", dependencies: ["IDTokenBytes", "TestSupport"]),
        .testTarget(
            name: "GoogleIDTokenCredentialsTests",
            dependencies: [
                "CurlTransport", "GoogleIDToken", "GoogleIDTokenCredentials", "GoogleIDTokenTesting", "IDTokenBytes",
                "IDTokenPlatform", "OpenSSLSigning", "TestSupport",
            ]
        ),
        .testTarget(name: "IDTokenPlatformTests", dependencies: ["IDTokenPlatform"]),
        .testTarget(name: "CurlTransportTests", dependencies: ["CCurl", "CurlTransport", "TestSupport"]),
        .testTarget(
            name: "OpenSSLSignatureTests",
            dependencies: ["COpenSSL", "OpenSSLSignature", "OpenSSLSigning", "TestSupport"]
        ),
        .testTarget(
            name: "GoogleIDTokenTests",
            dependencies: [
                "CurlTransport", "GoogleIDToken", "GoogleIDTokenTesting", "IDTokenBytes", "IDTokenPlatform",
                "OpenSSLSignature", "OpenSSLSigning", "TestSupport",
            ]
        ),
        .testTarget(
            name: "GoogleIDTokenGRPCTests",
            dependencies: [
                "GoogleIDToken", "GoogleIDTokenGRPC", "GoogleIDTokenTesting", "IDTokenPlatform", "TestSupport",
                .product(name: "GRPCCore", package: "grpc-swift-2", condition: .when(traits: ["GRPC"])),
                .product(
                    name: "GRPCNIOTransportHTTP2",
                    package: "grpc-swift-nio-transport",
                    condition: .when(traits: ["GRPC"])
                ),
            ]
        ),
        .testTarget(
            name: "GoogleIDTokenHummingbirdTests",
            dependencies: [
                "GoogleIDTokenHummingbird", "GoogleIDTokenObservability", "GoogleIDTokenTesting", "IDTokenPlatform",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types", condition: .when(traits: ["Hummingbird"])),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                .product(name: "HummingbirdCore", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                .product(name: "InMemoryLogging", package: "swift-log", condition: .when(traits: ["Hummingbird"])),
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Hummingbird"])),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Hummingbird"])),
                .product(name: "NIOEmbedded", package: "swift-nio", condition: .when(traits: ["Hummingbird"])),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: .when(traits: ["Hummingbird"])),
                .product(name: "NIOWebSocket", package: "swift-nio", condition: .when(traits: ["Hummingbird"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Observability"])
                ),
            ]
        ),
        .testTarget(
            name: "GoogleIDTokenObservabilityTests",
            dependencies: [
                "GoogleIDTokenObservability", "TestSupport",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Observability"])),
                .product(
                    name: "ServiceLifecycle",
                    package: "swift-service-lifecycle",
                    condition: .when(traits: ["Observability"])
                ),
                .product(name: "InMemoryLogging", package: "swift-log", condition: .when(traits: ["Observability"])),
                .product(name: "MetricsTestKit", package: "swift-metrics", condition: .when(traits: ["Observability"])),
            ]
        ),
        .testTarget(
            name: "GoogleIDTokenTestingTests",
            dependencies: ["GoogleIDToken", "GoogleIDTokenEmulator", "GoogleIDTokenTesting", "TestSupport"]
        ),
        .testTarget(
            name: "GoogleIDTokenEmulatorTests",
            dependencies: [
                "GoogleIDToken", "GoogleIDTokenEmulator", "GoogleIDTokenTesting", "IDTokenPlatform", "OpenSSLSigning",
                "OpenSSLSignature", "TestSupport",
            ]
        ),
        .testTarget(
            name: "idtokenTests",
            dependencies: [
                "GoogleIDToken", "GoogleIDTokenEmulator", "GoogleIDTokenHummingbird", "GoogleIDTokenTesting",
                "IDTokenPlatform", "OpenSSLSigning", "TestSupport", "idtoken",
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
            ]
        ),
    ]
)

// Some tools read this manifest and cannot be told traits: the comparison of the public API in .ci/api-changes, which also
// reads the manifest of an older version, and the documentation of the Swift Package Index. So that they see the whole
// API, they turn the traits on through the environment. The second name is not this package's own: it counts only where
// this is the package that is built, so that the documentation of another package gets no dependencies from it.
let isDependency = Context.packageDirectory.contains("/checkouts/")
if Context.environment["IDTOKEN_ALL_TRAITS"] == "1"
    || (Context.environment["SPI_GENERATE_DOCS"] != nil && !isDependency)
{
    package.traits.insert(.default(enabledTraits: Set(package.traits.map(\.name))))
}

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
