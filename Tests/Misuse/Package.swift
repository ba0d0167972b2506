// swift-tools-version: 6.2

import PackageDescription

// A package outside this one; what stands in MustNotCompile and MustCompile is compiled against what this builds. It enables
// no trait, so that it meets what a package meets that has forgotten one.
let package = Package(
    name: "Misuse",
    dependencies: [.package(name: "swift-google-id-token", path: "../..")],
    targets: [
        .executableTarget(
            name: "Allowed",
            dependencies: [
                .product(name: "GoogleIDToken", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenEmulator", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenGRPC", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenHummingbird", package: "swift-google-id-token"),
                .product(name: "GoogleIDTokenObservability", package: "swift-google-id-token"),
                .product(name: "idtoken", package: "swift-google-id-token"),
            ]
        )
    ]
)
