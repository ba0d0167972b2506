//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

import Hummingbird
import PrivateServer

/// The private service that searches.
///
/// Only the profile service may call it, and the login service may not.
@main
struct Search {
    static func main() async {
        await PrivateServer.run("search") { router in
            router.get("search/:text") { _, context in ["nothing is like \(try context.parameters.require("text"))"] }
        }
    }
}
