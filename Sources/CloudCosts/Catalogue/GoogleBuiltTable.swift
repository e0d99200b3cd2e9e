/// Made by Data/embed.py of Data/google-built.csv; a test holds the two together.
enum GoogleBuiltTable {
  // swift-format-ignore
  static let csv = """
    # Machines of Google that are built around accelerators or local disks, which are in their price as vCPUs and memory are.
    # vcpu, memory_gib, disk_gib: of one; disks are left out where they are not known. accelerator: as the Compute API names
    # it, and how many. group, units: machines whose parts are all in the proportion of their units, so that commitments to
    # one cover the others; without a group a commitment covers its own type alone.
    type,vcpu,memory_gib,accelerator,accelerators,disk_gib,group,units,date,source
    a2-highgpu-1g,12,85,nvidia-tesla-a100,1,,a2-highgpu,1,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a2-highgpu-2g,24,170,nvidia-tesla-a100,2,,a2-highgpu,2,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a2-highgpu-4g,48,340,nvidia-tesla-a100,4,,a2-highgpu,4,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a2-highgpu-8g,96,680,nvidia-tesla-a100,8,,a2-highgpu,8,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a2-megagpu-16g,96,1360,nvidia-tesla-a100,16,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a2-ultragpu-1g,12,170,nvidia-a100-80gb,1,375,a2-ultragpu,1,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a2-ultragpu-2g,24,340,nvidia-a100-80gb,2,750,a2-ultragpu,2,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a2-ultragpu-4g,48,680,nvidia-a100-80gb,4,1500,a2-ultragpu,4,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a2-ultragpu-8g,96,1360,nvidia-a100-80gb,8,3000,a2-ultragpu,8,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-edgegpu-8g,208,1872,nvidia-h100-80gb,8,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-edgegpu-8g-nolssd,208,1872,nvidia-h100-80gb,8,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-highgpu-1g,26,234,nvidia-h100-80gb,1,750,a3-highgpu,1,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-highgpu-2g,52,468,nvidia-h100-80gb,2,1500,a3-highgpu,2,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-highgpu-4g,104,936,nvidia-h100-80gb,4,3000,a3-highgpu,4,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-highgpu-8g,208,1872,nvidia-h100-80gb,8,6000,a3-highgpu,8,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-megagpu-8g,208,1872,nvidia-h100-mega-80gb,8,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-ultragpu-8g,224,2952,nvidia-h200-141gb,8,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a3-ultragpu-8g-nolssd,224,2952,nvidia-h200-141gb,8,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a4-highgpu-8g,224,3968,nvidia-b200,8,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a4x-highgpu-4g,140,884,nvidia-gb200,4,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    a4x-maxgpu-4g-metal,144,960,nvidia-gb300,4,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g2-standard-4,4,16,nvidia-l4,1,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g2-standard-8,8,32,nvidia-l4,1,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g2-standard-12,12,48,nvidia-l4,1,,g2-standard-12,1,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g2-standard-16,16,64,nvidia-l4,1,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g2-standard-24,24,96,nvidia-l4,2,,g2-standard-12,2,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g2-standard-32,32,128,nvidia-l4,1,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g2-standard-48,48,192,nvidia-l4,4,,g2-standard-12,4,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g2-standard-96,96,384,nvidia-l4,8,,g2-standard-12,8,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g4-standard-6,6,22,nvidia-rtx-pro-6000,0.125,,,,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g4-standard-12,12,45,nvidia-rtx-pro-6000,0.25,,g4-standard,1,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g4-standard-24,24,90,nvidia-rtx-pro-6000,0.5,,g4-standard,2,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g4-standard-48,48,180,nvidia-rtx-pro-6000,1,,g4-standard,4,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g4-standard-96,96,360,nvidia-rtx-pro-6000,2,,g4-standard,8,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g4-standard-192,192,720,nvidia-rtx-pro-6000,4,,g4-standard,16,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    g4-standard-384,384,1440,nvidia-rtx-pro-6000,8,,g4-standard,32,2026-08-20,Google Cloud: GPU machine types; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-8-highlssd,8,64,,0,3000,z3-highmem-8-highlssd,1,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-14-standardlssd,14,112,,0,3000,,,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-16-highlssd,16,128,,0,6000,z3-highmem-8-highlssd,2,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-22-highlssd,22,176,,0,9000,z3-highmem-22-highlssd,1,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-22-standardlssd,22,176,,0,6000,,,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-32-highlssd,32,256,,0,12000,z3-highmem-8-highlssd,4,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-44-highlssd,44,352,,0,18000,z3-highmem-22-highlssd,2,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-44-standardlssd,44,352,,0,9000,z3-highmem-44-standardlssd,1,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-88-highlssd,88,704,,0,36000,z3-highmem-22-highlssd,4,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-88-standardlssd,88,704,,0,18000,z3-highmem-44-standardlssd,2,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-176-standardlssd,176,1408,,0,36000,z3-highmem-44-standardlssd,4,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)
    z3-highmem-192-highlssd-metal,192,1536,,0,72000,z3-highmem-8-highlssd,24,2026-08-20,Google Cloud: Z3 machine series; sizes and prices of 2026-07-30 (Cyclenerd/google-cloud-pricing-cost-calculator)

    """
}
