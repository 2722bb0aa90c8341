using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Idp.Api.Kernel.Settings;

/// <summary>Fills option classes from all configuration sources, later sources before earlier ones, and collects every fault.</summary>
/// <remarks>
/// Sources may spell one name differently (<c>MaxPages</c> in a file, <c>MAX_PAGES</c> in the environment), so they are merged here by
/// <see cref="SettingNames.ToKey"/> and not by the configuration system, to which these are two settings.
/// </remarks>
internal sealed class SettingsReader
{
    private readonly Dictionary<string, Dictionary<string, Setting>> _sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Setting> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    public SettingsReader(IConfigurationRoot configuration)
    {
        foreach (var provider in configuration.Providers)
        {
            foreach (var section in provider.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                ReadSection(provider, section);
                ReadVariable(provider, section);
            }
        }
    }

    /// <summary>Settings in the given sections that no option class has asked for, as they were spelled.</summary>
    public IReadOnlyList<string> UnknownIn(FrozenSet<string> sections) =>
        [.. _sections.Where(section => sections.Contains(section.Key)).SelectMany(section => section.Value.Values)
            .Where(setting => !setting.IsRead).Select(setting => setting.PrintedName).Order(StringComparer.Ordinal)];

    /// <summary>Makes the options of a section; faults are kept for <see cref="ThrowOnFaults"/> and the default stands in.</summary>
    /// <remarks>A property with <see cref="ConfigurationKeyNameAttribute"/> is a variable of that very name, outside every section.</remarks>
    public T Read<T>(string section)
        where T : class, new()
    {
        var options = new T();
        var given = _sections.GetValueOrDefault(SettingNames.ToKey(section)) ?? [];
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsSetting))
        {
            var variable = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name;
            var name = variable ?? SettingNames.Print(section, property.Name);
            var setting = variable is null ? given.GetValueOrDefault(SettingNames.ToKey(property.Name)) : _variables.GetValueOrDefault(variable);
            if (setting is not null)
            {
                setting.IsRead = true;
                Assign(options, property, name, setting.Value);
            }

            Check(options, property, name);
        }

        _faults.AddRange(options is IValidatableObject rules
            ? rules.Validate(new ValidationContext(options)).Select(result => $"{section}: {result.ErrorMessage}")
            : []);
        return options;
    }

    /// <summary>Adds a fault of settings that do not go together; null for none.</summary>
    public void Refuse(string? fault) => _faults.AddRange(fault is null ? [] : [fault]);

    /// <summary>Reports everything that was wrong.</summary>
    /// <exception cref="SettingsException">Something was.</exception>
    public void ThrowOnFaults()
    {
        if (_faults.Count > 0)
        {
            throw new SettingsException(_faults);
        }
    }

    private void ReadSection(IConfigurationProvider provider, string section)
    {
        var settings = _sections.TryGetValue(SettingNames.ToKey(section), out var known)
            ? known
            : _sections[SettingNames.ToKey(section)] = new Dictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var name in provider.GetChildKeys([], section).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (provider.TryGet($"{section}:{name}", out var value))
            {
                settings[SettingNames.ToKey(name)] = new Setting($"{section}__{name}", value ?? string.Empty);
            }
        }
    }

    private void ReadVariable(IConfigurationProvider provider, string name)
    {
        if (provider.TryGet(name, out var value) && value is not null)
        {
            _variables[name] = new Setting(name, value);
        }
    }

    private void Assign(object options, PropertyInfo property, string name, string text)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (text.Trim().Length == 0 && type != typeof(string))
        {
            // Set but empty, as compose files do it: the default.
            return;
        }

        if (Parse(type, text.Trim()) is { } value)
        {
            property.SetValue(options, value);
        }
        else
        {
            _faults.Add($"{name} {Shown(name, text)} but must be {Describe(type)}.");
        }
    }

    private void Check(object options, PropertyInfo property, string name)
    {
        var value = property.GetValue(options);
        var context = new ValidationContext(options) { MemberName = property.Name, DisplayName = name };
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (rule.GetValidationResult(value, context) is not null)
            {
                var shown = Shown(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
                _faults.Add(Allowed(rule) is { } allowed ? $"{name} {shown} but {allowed}." : $"{name} {shown}: {rule.FormatErrorMessage(name)}");
            }
        }
    }

    /// <summary>Lists and the like are for code that builds the options itself.</summary>
    private static bool IsSetting(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return property.CanWrite && (type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal));
    }

    private static string Shown(string name, string text) => SettingNames.IsSecret(name) ? "is set" : $"is '{text}'";

    private static object? Parse(Type type, string text) => type switch
    {
        _ when type == typeof(string) => text,
        _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when type == typeof(decimal) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        _ when type == typeof(bool) => text.ToUpperInvariant() switch
        {
            "TRUE" or "1" or "YES" or "ON" => true,
            "FALSE" or "0" or "NO" or "OFF" => false,
            _ => null,
        },
        _ when type.IsEnum => Enum.GetNames(type).FirstOrDefault(name => SettingNames.ToKey(name) == SettingNames.ToKey(text)) is { } member
            ? Enum.Parse(type, member)
            : null,
        _ => throw new NotSupportedException($"Settings of type {type.Name} are not read."),
    };

    private static string Describe(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))}",
        _ => "a number",
    };

    private static string? Allowed(ValidationAttribute rule) => rule switch
    {
        RangeAttribute { Maximum: int.MaxValue or >= (double)long.MaxValue } range =>
            string.Create(CultureInfo.InvariantCulture, $"must be at least {range.Minimum}"),
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"must be from {range.Minimum} to {range.Maximum}"),
        AllowedValuesAttribute { Values: [var only] } => $"this version knows only '{only}'",
        AllowedValuesAttribute allowed => $"this version knows only {string.Join(", ", allowed.Values.Select(value => $"'{value}'"))}",
        RequiredAttribute => "must not be empty",
        _ => null,
    };

    private sealed record Setting(string PrintedName, string Value)
    {
        public bool IsRead { get; set; }
    }
}
