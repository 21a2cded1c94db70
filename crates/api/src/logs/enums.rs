//! Enumerations of CloudWatch Logs.

wire::string_enum! { DataProtectionStatus {
    Activated = "ACTIVATED",
    Deleted = "DELETED",
    Archived = "ARCHIVED",
    Disabled = "DISABLED",
}}

wire::string_enum! { EntityRejectionErrorType {
    InvalidEntity = "InvalidEntity",
    InvalidTypeValue = "InvalidTypeValue",
    InvalidKeyAttributes = "InvalidKeyAttributes",
    InvalidAttributes = "InvalidAttributes",
    EntitySizeTooLarge = "EntitySizeTooLarge",
    UnsupportedLogGroupType = "UnsupportedLogGroupType",
    MissingRequiredFields = "MissingRequiredFields",
}}

wire::string_enum! { InheritedProperty {
    AccountDataProtection = "ACCOUNT_DATA_PROTECTION",
}}

wire::string_enum! { LogGroupClass {
    Standard = "STANDARD",
    InfrequentAccess = "INFREQUENT_ACCESS",
    Delivery = "DELIVERY",
    Essentials = "ESSENTIALS",
}}

wire::string_enum! { OrderBy {
    LogStreamName = "LogStreamName",
    LastEventTime = "LastEventTime",
}}
