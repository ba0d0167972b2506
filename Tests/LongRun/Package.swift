// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "LongRun",
    dependencies: [.package(name: "swift-google-id-token", path: "../..")],
    targets: [
        .executableTarget(
            name: "LongRun",
            dependencies: [.product(name: "GoogleIDToken", package: "swift-google-id-token")]
        ),
        .executableTarget(
            name: "LongRunCredentials",
            dependencies: [
                .product(name: "GoogleIDToken", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenCredentials", package: "swift-google-id-token"),
            ]
        ),
    ]
)
