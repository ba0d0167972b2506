// swift-tools-version: 6.2

import PackageDescription

// A package outside this one; what stands in MustNotCompile is compiled against what this builds.
let package = Package(
    name: "Misuse",
    dependencies: [.package(name: "swift-google-id-token", path: "../..")],
    targets: [
        .executableTarget(
            name: "Allowed",
            dependencies: [.product(name: "GoogleIDToken", package: "swift-google-id-token")]
        )
    ]
)
