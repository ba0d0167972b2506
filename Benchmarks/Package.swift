// swift-tools-version: 6.2
//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import PackageDescription

let package = Package(
    name: "benchmarks",
    traits: [
        .trait(name: "JWTKit", description: "Measure jwt-kit beside this library; its first build is long.")
    ],
    dependencies: [
        .package(name: "swift-google-id-token", path: ".."),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .target(name: "CBaseline", linkerSettings: [.linkedLibrary("crypto")]),
        .executableTarget(
            name: "Speed",
            dependencies: [
                "CBaseline",
                .product(name: "GoogleIDToken", package: "swift-google-id-token"),
                .product(name: "JWTKit", package: "jwt-kit", condition: .when(traits: ["JWTKit"])),
            ]
        ),
    ]
)
