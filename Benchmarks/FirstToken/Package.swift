// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "FirstToken",
    dependencies: [.package(name: "swift-google-id-token", path: "../..")],
    targets: [
        .executableTarget(
            name: "FirstToken",
            dependencies: [.product(name: "GoogleIDTokenCredentials", package: "swift-google-id-token")]
        )
    ]
)
