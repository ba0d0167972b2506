// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "Middleware",
    dependencies: [
        .package(name: "swift-google-id-token", path: "../..", traits: ["Hummingbird"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "Middleware",
            dependencies: [
                .product(name: "GoogleIDTokenHummingbird", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenTesting", package: "swift-google-id-token"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ]
        )
    ]
)
