// swift-tools-version: 6.2

import PackageDescription

// Only the script `fuzz` builds it: with the flags that libFuzzer needs, which bring its `main`.
let package = Package(
    name: "Fuzzing",
    dependencies: [.package(name: "swift-google-id-token", path: "../..")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                .product(name: "GoogleIDToken", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenCredentials", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenTesting", package: "swift-google-id-token"),
            ]
        )
    ]
)
