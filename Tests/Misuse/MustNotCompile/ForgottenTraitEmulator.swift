//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

// error: 'GoogleEmulator' is unavailable: enable the trait Emulator of swift-google-id-token in Package.swift
// error: 'GoogleEmulator' is unavailable: enable the trait Emulator of swift-google-id-token in Package.swift
// error: 'withGoogleEmulator(_:during:)' is unavailable: enable the trait Emulator of swift-google-id-token in Package.swift

import GoogleIDTokenEmulator

func emulators() async throws {
    _ = try await GoogleEmulator.start()
    _ = GoogleEmulator.Configuration()
    try await withGoogleEmulator { _ in }
}
