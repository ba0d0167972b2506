// swift-tools-version: 6.2

import PackageDescription

// A package outside this one; the environment says which of its traits it turns on.
let traits = (Context.environment["DEPENDENT_TRAITS"] ?? "").split(separator: ",").map(String.init)
let products: [String: String] = [
    "Emulator": "GoogleIDTokenEmulator",
    "GRPC": "GoogleIDTokenGRPC",
    "Hummingbird": "GoogleIDTokenHummingbird",
    "Observability": "GoogleIDTokenObservability",
]

let package = Package(
    name: "Dependent",
    dependencies: [
        .package(
            name: "swift-google-id-token",
            path: "../..",
            traits: Set(traits.map { Package.Dependency.Trait.trait(name: $0) })
        )
    ],
    targets: [
        .executableTarget(
            name: "Dependent",
            dependencies: (["GoogleIDToken"] + traits.compactMap { products[$0] })
                .map { .product(name: $0, package: "swift-google-id-token") }
        ),
        .executableTarget(
            name: "Caller",
            dependencies: [.product(name: "GoogleIDTokenCredentials", package: "swift-google-id-token")]
        ),
    ]
)
