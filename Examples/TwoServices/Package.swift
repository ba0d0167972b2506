// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "TwoServices",
    dependencies: [
        .package(name: "swift-google-id-token", path: "../..", traits: ["Hummingbird", "Observability"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2", traits: []),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "Login",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "GoogleIDTokenCredentials", package: "swift-google-id-token"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(name: "Profiles", dependencies: ["PrivateServer"]),
        .executableTarget(name: "Search", dependencies: ["PrivateServer"]),
        .target(
            name: "PrivateServer",
            dependencies: [
                .product(name: "GoogleIDTokenHummingbird", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenObservability", package: "swift-google-id-token"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
    ]
)
