// swift-tools-version: 6.2

import PackageDescription

// Only the script `cost` builds it, with testing enabled, and runs it under valgrind.
let package = Package(
    name: "Cost",
    dependencies: [.package(name: "swift-google-id-token", path: "../..")],
    targets: [
        .systemLibrary(name: "CCallgrind"),
        .executableTarget(
            name: "Cost",
            dependencies: [
                "CCallgrind",
                .product(name: "GoogleIDToken", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenTesting", package: "swift-google-id-token"),
            ]
        ),
    ]
)
