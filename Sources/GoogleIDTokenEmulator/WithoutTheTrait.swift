//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if !Emulator
/// The type that every type of this module stands for while the trait is off.
///
/// Its name is the remedy, because the compiler names a type that lacks a member without saying that the type is unavailable.
/// Everywhere else it says so; the members below only let it get that far.
public struct `Enable the trait Emulator of swift-google-id-token in Package.swift`: Sendable {
    /// Stands for the initialiser of `GoogleEmulator.Configuration`.
    public init() {}

    /// Stands for `GoogleEmulator.Configuration`.
    public typealias Configuration = Self

    /// Stands for `GoogleEmulator.start(_:)`.
    ///
    /// - Parameter configuration: The emulator's settings.
    /// - Returns: A value that stands for the emulator.
    /// - Throws: Nothing, because it is never called.
    public static func start(_ configuration: Self = .init()) async throws -> Self { configuration }
}

/// An emulator of Google on this machine.
@available(*, unavailable, message: "enable the trait Emulator of swift-google-id-token in Package.swift")
public typealias GoogleEmulator = `Enable the trait Emulator of swift-google-id-token in Package.swift`

/// Stands for the function that runs an emulator of Google while a closure runs.
///
/// - Parameters:
///   - configuration: The emulator's settings.
///   - body: The closure.
/// - Returns: What `body` returns.
/// - Throws: Nothing, because it is never called.
@available(*, unavailable, message: "enable the trait Emulator of swift-google-id-token in Package.swift")
public func withGoogleEmulator<Result>(
    _ configuration: `Enable the trait Emulator of swift-google-id-token in Package.swift` = .init(),
    during body: (`Enable the trait Emulator of swift-google-id-token in Package.swift`) async throws -> Result
) async throws -> Result {
    try await body(configuration)
}
#endif
